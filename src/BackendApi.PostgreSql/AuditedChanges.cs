using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Sql.Audit;

namespace BackendApi.PostgreSql;

/// <summary>
/// A change of one row together with its entry of the audit log: <c>w</c> changes the row, <c>a</c> stores the entry of what <c>w</c> returns, and the statement answers with the rest
/// of that.
/// </summary>
internal static class AuditedChanges
{
    /// <summary>Values whose JSON the database writes as the product does.</summary>
    public static bool TellsBefore(ColumnType column) => column.Kind is not (ValueKind.Binary or ValueKind.Duration or ValueKind.Double or ValueKind.Single);

    public static void Write(ChangeText text, Change change)
    {
        text.Add("WITH ");
        switch (change)
        {
            case Change.Insert insert:
                Insert(text, insert, insert.Audit!);
                break;
            case Change.Update update:
                Update(text, update, update.Audit!);
                break;
            case Change.Delete delete:
                Delete(text, delete, delete.Audit!);
                break;
        }
    }

    private static void Insert(ChangeText text, Change.Insert insert, AuditedChange audit)
    {
        Changes.WriteOne(text.Add("w AS ("), insert);
        Returning(text, insert.Returning, "");
        if (audit.MadeKey is { } made)
            text.Add("(").Name(made.Name).Add(")::text AS k");
        else
            text.Add("1 AS k");
        var changes = insert.Columns.Count + AuditedChange.Own.Count;
        Entry(text, insert.Columns.Count, () =>
        {
            if (audit.MadeKey is null)
                text.Parameter(0, changes).Add(", ").Parameter(0, changes + 1);
            else
                text.Add("w.k, ").Parameter(0, changes).Add(" || w.k || ").Parameter(0, changes + 1).Add(" || w.k || ").Parameter(0, changes + 2);
        });
        Answer(text, insert.Returning);
    }

    /// <summary>The row is locked and read before it is changed: what it was is what the change began from, whoever else writes.</summary>
    private static void Update(ChangeText text, Change.Update update, AuditedChange audit)
    {
        var given = update.Key.Count + update.Columns.Count;
        text.Add("o AS (SELECT ").Names([.. update.Key, .. audit.Told]).Add(" FROM ").Table(update.Table).Add(" AS d WHERE ").Found(update.Key).Add(" FOR UPDATE), w AS (UPDATE ")
            .Table(update.Table).Add(" AS d SET ").Set(update, ChangeText.Column).SetBesides(update, "d", _ => text.Add("DEFAULT")).Add(" FROM o WHERE ")
            .Each(update.Key, (column, _) => text.Add("d.").Name(column.Name).Add(" = o.").Name(column.Name), " AND ");
        Returning(text, update.Returning, "d");
        Members(text, audit, "o", isChanged: true);
        text.Add(" AS b, ");
        Members(text, audit, "d", isChanged: true);
        text.Add(" AS c");
        Entry(text, given, () =>
        {
            var key = given + AuditedChange.Own.Count;
            text.Parameter(0, key).Add(", ").Parameter(0, key + 1).Add(" || w.b || '},\"after\":{' || w.c || '}}]'");
        }, " WHERE w.b <> ''");
        Answer(text, update.Returning);
    }

    private static void Delete(ChangeText text, Change.Delete delete, AuditedChange audit)
    {
        text.Add("w AS (DELETE FROM ").Table(delete.Table).Add(" AS d WHERE ").Found(delete.Key);
        Returning(text, [], "d");
        Members(text, audit, "d", isChanged: false);
        text.Add(" AS b");
        var key = delete.Key.Count + AuditedChange.Own.Count;
        Entry(text, delete.Key.Count, () => text.Parameter(0, key).Add(", ").Parameter(0, key + 1).Add(" || w.b || '}}]'"));
        Answer(text, []);
    }

    private static void Returning(ChangeText text, IReadOnlyList<ColumnSchema> columns, string source) =>
        text.Add(" RETURNING ").Each(columns, (column, i) => text.Selected(source, column).Add($" AS r{i}, "), "");

    /// <param name="first">The place of the entry's first value behind those of the row.</param>
    /// <param name="rest">Writes the key and the changes.</param>
    private static void Entry(ChangeText text, int first, Action rest, string where = "")
    {
        text.Add("), a AS (INSERT INTO ").Table(AuditTables.Entries.Name).Add(" (").Names(AuditedChange.Own).Add(", entity_key, changes) SELECT ")
            .Each(AuditedChange.Own, (_, i) => text.Stored(0, first + i)).Add(", ");
        rest();
        text.Add(" FROM w").Add(where).Add(") ");
    }

    /// <summary>Always a row, so that the client can count it.</summary>
    private static void Answer(ChangeText text, IReadOnlyList<ColumnSchema> returning) =>
        text.Add("SELECT ").Add(returning.Count == 0 ? "1" : "").Each(returning, (_, i) => text.Add($"r{i}")).Add(" FROM w");

    private static void Members(ChangeText text, AuditedChange audit, string source, bool isChanged) =>
        text.Add("concat_ws(','").Each(audit.Told, (column, _) =>
        {
            text.Add(", ");
            if (isChanged)
                // As they are compared everywhere: json, xml and point have no equality of their own.
                text.Add("CASE WHEN ").Operand("o", column).Add(" IS DISTINCT FROM ").Operand("d", column).Add(" THEN ");
            text.Add($"'{audit.NameOf(column).Replace("'", "''", StringComparison.Ordinal)}' || COALESCE(");
            Json(text, source, column);
            text.Add(isChanged ? ", 'null') END" : ", 'null')");
        }, "").Add(")");

    private static void Json(ChangeText text, string source, ColumnSchema column)
    {
        if (column.Type.Kind == ValueKind.DateTimeOffset)
            text.Add("'\"' || to_char(").Operand(source, column).Add("::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '\"'");
        else
            text.Add("to_json(").Operand(source, column).Add(")::text");
    }
}
