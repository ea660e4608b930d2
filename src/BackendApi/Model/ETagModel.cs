using BackendApi.Support;

namespace BackendApi.Model;

/// <summary>What the ETag of a set's entities is made of (Protocol 4.01, 11.4.1.1).</summary>
/// <param name="Columns">Every read of an entity reads them besides what it shows.</param>
/// <param name="Hash">Of their values. Its key is the service's own: nobody can make up a content that has the ETag of another.</param>
public abstract record ETagModel(IReadOnlyList<ColumnSchema> Columns, SipHash Hash)
{
    /// <summary>A column that changes with every change of the row: one that the definition names, or the database's own row version.</summary>
    /// <param name="Property">What shows the column; null when nothing does.</param>
    public sealed record Version(ColumnSchema Column, PropertyModel? Property, SipHash Hash) : ETagModel([Column], Hash);

    /// <summary>Nothing in the row counts its changes: all that is exposed of it, in order of the columns' names, so that a definition can be rearranged.</summary>
    public sealed record Content(IReadOnlyList<ColumnSchema> Columns, SipHash Hash) : ETagModel(Columns, Hash);
}
