using BackendApi.Sql;

namespace BackendApi.Sqlite;

/// <summary>INSERT, UPDATE and DELETE of many rows at once, over a list of VALUES.</summary>
internal static class Changes
{
    /// <summary>Values in one statement. 1,000 rows of 7 columns cost the same with 400, 1,000, 2,800 and 7,000, and a fifth more with 200; a shorter text is prepared sooner.</summary>
    private const int MaxValues = 400;

    public static int MaxRows(int columns) => Math.Max(1, MaxValues / Math.Max(1, columns));

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
                Delete(text, delete);
                break;
        }
    }

    /// <summary>SQLite promises no order of what RETURNING answers, but answers in the order of its VALUES; a test holds it.</summary>
    private static void Insert(ChangeText text, Change.Insert insert)
    {
        text.Add("INSERT INTO ").Table(insert.Table);
        if (insert.Columns.Count == 0)
            text.Add(" DEFAULT VALUES");
        else
            text.Add(" (").Names(insert.Columns).Add(") VALUES ").Each(insert.Rows, (_, row) =>
                text.Add("(").Each(insert.Columns, (_, i) => text.Stored(row, i)).Add(")"));
        text.Returning(insert.Returning, "");
    }

    private static void Update(ChangeText text, Change.Update update)
    {
        // SQLite knows no DEFAULT here; the text is the catalogue's own.
        text.Add("UPDATE ").Table(update.Table).Add(" AS d SET ").Set(update, Value)
            .SetBesides(update, "d", column => text.Add("(").Add(column.Default ?? "NULL").Add(")"));
        if (update.Rows.Length == 1)
        {
            text.Add(" WHERE ").Found(update.Key).Returning(update.Returning, "");
            return;
        }
        text.Add(" FROM (VALUES ");
        Rows(text, update);
        text.Add(") AS v WHERE ").Found(update.Key, Value);
    }

    private static void Delete(ChangeText text, Change.Delete delete)
    {
        text.Add("DELETE FROM ").Table(delete.Table).Add(" WHERE (").Each(delete.Key, (column, _) => text.Operand("", column)).Add(") IN (VALUES ");
        Rows(text, delete);
        text.Add(")");
    }

    private static void Rows(ChangeText text, Change change) => text.Each(change.Rows, (_, row) =>
        text.Add("(").Each(change.Given, (_, i) => text.Parameter(row, i)).Add(")"));

    private static string Value(int index) => "v.column" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
