namespace Microsoft.SqlServer.Server;

/// <summary>How a CLR type of the database is serialized.</summary>
public enum Format
{
    Unknown = 0,
    Native = 1,
    UserDefined = 2,
}
