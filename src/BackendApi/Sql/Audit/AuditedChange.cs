using BackendApi.Model;
using BackendApi.Model.Store;

namespace BackendApi.Sql.Audit;

/// <summary>
/// How a statement stores an entry of the audit log together with the one row that it changes, so that what is one round trip without an audit log is one with it. The values of
/// <see cref="Given"/> stand behind those of the row; the last ones are pieces of the text of <c>changes</c>, and the statement puts between them what only the database knows.
/// </summary>
/// <param name="Set">Names the columns.</param>
/// <param name="MadeKey">Of an insert: the key that the database makes. It stands between the pieces of the text.</param>
/// <param name="Told">Of an update: the columns that are told, where they change. Of a delete: those that the row is told by.</param>
public sealed record AuditedChange(EntitySetModel Set, ColumnSchema? MadeKey, IReadOnlyList<ColumnSchema> Told)
{
    /// <summary>More columns are told by statements of their own: functions have a bounded number of arguments.</summary>
    public const int MostTold = 64;

    private static readonly ColumnSchema Changes = AuditTables.Entries.Column("changes")!;
    private static readonly IReadOnlyList<ColumnSchema> Common = [.. AuditTables.Written.Where(column => column.Name is not ("entity_key" or "changes"))];
    private static readonly IReadOnlyList<ColumnSchema> WithMadeKey = [.. Common, Changes, Changes, Changes];
    private static readonly IReadOnlyList<ColumnSchema> WithKey = [.. Common, AuditTables.Entries.Column("entity_key")!, Changes];

    /// <summary>The columns of the entry that have values of their own in every form, in the order of the values.</summary>
    public static IReadOnlyList<ColumnSchema> Own => Common;

    public IReadOnlyList<ColumnSchema> Given => MadeKey is null ? WithKey : WithMadeKey;

    /// <summary>The name of a column as JSON.</summary>
    public string NameOf(ColumnSchema column) => $"\"{Set.Whole.AuditNames[column]}\":";
}
