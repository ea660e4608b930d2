using System;

namespace Microsoft.SqlServer.Server;

/// <summary>A type that was given as a CLR type of the database is not one.</summary>
public sealed class InvalidUdtException : SystemException
{
    public InvalidUdtException() { }

    public InvalidUdtException(string message) : base(message) { }

    public InvalidUdtException(string message, Exception innerException) : base(message, innerException) { }

    public static InvalidUdtException Create(Type udtType, string resourceReason) => new($"'{udtType}' is not a CLR type of the database: {resourceReason}");
}
