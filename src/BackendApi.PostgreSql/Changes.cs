using BackendApi.Sql;

namespace BackendApi.PostgreSql;

/// <summary>INSERT, UPDATE and DELETE of many rows at once: the values travel as arrays, so that one text serves any number of rows.</summary>
internal static class Changes
{
    /// <summary>Bounds what one statement holds in memory; larger lists are not faster.</summary>
    public const int MaxRows = 5_000;

    public static void Write(ChangeText text, Change change)
    {
        if (change.Audit is not null)
        {
            AuditedChanges.Write(text, change);
            return;
        }
        switch (change)
        {
            case Change.Insert insert:
                Insert(text, insert);
                break;
            case Change.Update update:
                Update(text, update);
                break;
            case Change.Delete delete:
                text.Add("DELETE FROM ").Table(delete.Table).Add(" AS d USING ").Lists("v").Add(" WHERE ").Found(delete.Key, ChangeText.Column);
                break;
        }
    }

    /// <summary>The change without what it answers.</summary>
    public static void WriteOne(ChangeText text, Change.Insert insert)
    {
        text.Add("INSERT INTO ").Table(insert.Table);
        if (insert.Columns.Count == 0)
            text.Add(" DEFAULT VALUES");
        else
            text.Add(" (").Names(insert.Columns).Add(") VALUES (").Each(insert.Columns, (_, i) => text.Stored(0, i)).Add(")");
    }

    /// <summary>An INSERT whose source has an order works through it, and answers, in that order.</summary>
    private static void Insert(ChangeText text, Change.Insert insert)
    {
        if (insert.Columns.Count == 0 || insert.Rows.Length == 1)
            WriteOne(text, insert);
        else
            text.Add("INSERT INTO ").Table(insert.Table).Add(" (").Names(insert.Columns).Add(") SELECT ")
                .Each(insert.Columns, (column, i) => text.Stored(column.Type, () => text.Add(ChangeText.Column(i))))
                .Add(" FROM ").Lists("v").Add(" ORDER BY v.ord");
        text.Returning(insert.Returning, "");
    }

    private static void Update(ChangeText text, Change.Update update)
    {
        text.Add("UPDATE ").Table(update.Table).Add(" AS d SET ").Set(update, ChangeText.Column).SetBesides(update, "d", _ => text.Add("DEFAULT"));
        if (update.Rows.Length == 1)
            text.Add(" WHERE ").Found(update.Key).Returning(update.Returning, "d");
        else
            text.Add(" FROM ").Lists("v").Add(" WHERE ").Found(update.Key, ChangeText.Column);
    }
}
