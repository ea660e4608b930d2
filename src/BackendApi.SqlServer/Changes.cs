using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.SqlServer;

/// <summary>
/// INSERT, UPDATE and DELETE of many rows at once: the values travel as JSON lists, so that one text serves any number of rows. Each ends with
/// the number of rows that it touched itself: the driver's own number adds those of triggers.
/// </summary>
internal static class Changes
{
    public const int MaxRows = 1_000;

    /// <summary>How <see cref="SqlServerSession"/> knows a statement that answers with its number of rows.</summary>
    public const string CountText = "; SELECT @@ROWCOUNT";

    public static void Write(ChangeText text, Change change)
    {
        switch (change)
        {
            case Change.Insert insert:
                Insert(text, insert);
                break;
            case Change.Update update:
                Update(text, update);
                break;
            case Change.Delete delete:
                text.Add("DELETE d FROM ").Table(delete.Table).Add(" AS d JOIN ").Lists("v").Add(" ON ")
                    .Found(delete.Key, ChangeText.Column).Add(CountText);
                break;
        }
    }

    /// <summary>
    /// OUTPUT goes into a variable, because a table with triggers takes no other. MERGE, because only its OUTPUT can tell which row of the source a
    /// row came from; the condition never holds, so it never matches.
    /// </summary>
    private static void Insert(ChangeText text, Change.Insert insert)
    {
        DeclareOutput(text, insert.Returning);
        if (insert.Columns.Count == 0)
        {
            text.Add("INSERT INTO ").Table(insert.Table);
            Output(text, insert.Returning, "0");
            text.Add(" DEFAULT VALUES");
        }
        else if (insert.Rows.Length == 1)
        {
            text.Add("INSERT INTO ").Table(insert.Table).Add(" (").Names(insert.Columns).Add(")");
            Output(text, insert.Returning, "0");
            text.Add(" VALUES (").Each(insert.Columns, (_, i) => text.Stored(0, i)).Add(")");
        }
        else
        {
            text.Add("MERGE INTO ").Table(insert.Table).Add(" AS d USING ").Lists("v").Add(" ON 1 = 0 WHEN NOT MATCHED THEN INSERT (").Names(insert.Columns).Add(") VALUES (")
                .Each(insert.Columns, (column, i) => text.Stored(column.Type, () => text.Add(ChangeText.Column(i)))).Add(")");
            Output(text, insert.Returning, "v.ord");
        }
        Answer(text, insert.Returning);
    }

    private static void DeclareOutput(ChangeText text, IReadOnlyList<ColumnSchema> returning)
    {
        if (returning.Count > 0)
            text.Add("DECLARE @w TABLE (ord int").Each(returning, (column, i) => text.Add($", c{i} ").Add(Written(column.Type)), "").Add("); ");
    }

    private static void Output(ChangeText text, IReadOnlyList<ColumnSchema> returning, string place)
    {
        if (returning.Count > 0)
            text.Add(" OUTPUT ").Add(place).Each(returning, (column, _) => text.Add(", ").Selected("inserted", column), "").Add(" INTO @w");
    }

    private static void Answer(ChangeText text, IReadOnlyList<ColumnSchema> returning)
    {
        if (returning.Count > 0)
            text.Add("; SELECT ").Each(returning, (_, i) => text.Add($"c{i}")).Add(" FROM @w ORDER BY ord");
        else
            text.Add(CountText);
    }

    private static void Update(ChangeText text, Change.Update update)
    {
        var returning = update.Rows.Length == 1 ? update.Returning : [];
        DeclareOutput(text, returning);
        text.Add("UPDATE d SET ").Set(update, ChangeText.Column).SetBesides(update, "d", _ => text.Add("DEFAULT"));
        Output(text, returning, "0");
        text.Add(" FROM ").Table(update.Table).Add(" AS d");
        if (update.Rows.Length == 1)
            text.Add(" WHERE ").Found(update.Key);
        else
            text.Add(" JOIN ").Lists("v").Add(" ON ").Found(update.Key, ChangeText.Column);
        Answer(text, returning);
    }

    /// <summary>A row version cannot be declared twice; its value is eight bytes.</summary>
    private static string Written(ColumnType type) => type.Native is "rowversion" ? "binary(8)" : type.Native.Length > 0 ? type.Native : Types.Compared(type);
}
