using BackendApi.Model;

namespace BackendApi.Plan.Writing;

/// <summary>Which of the two rows of a relation holds the reference to the other.</summary>
internal static class ForeignKeys
{
    /// <summary>The source's row refers to the target's; otherwise the target's to the source's, or a link table to both.</summary>
    public static bool AreAtSource(NavigationModel navigation)
    {
        if (navigation.IsCollection || navigation.Through is not null)
            return false;
        // One to one, the columns alone do not tell: a foreign key does, else the primary key is what is referred to.
        return Refers(navigation.Source.Table, navigation.On.Select(pair => pair.Source), navigation.Target.Table)
            || !(Refers(navigation.Target.Table, navigation.On.Select(pair => pair.Target), navigation.Source.Table)
                || (IsKey(navigation.Source.Table, navigation.On.Select(pair => pair.Source)) && !IsKey(navigation.Target.Table, navigation.On.Select(pair => pair.Target))));
    }

    private static bool Refers(TableSchema from, IEnumerable<ColumnSchema> columns, TableSchema to)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return from.ForeignKeys.Any(key => key.Target == to.Name && names.SetEquals(key.Columns));
    }

    private static bool IsKey(TableSchema table, IEnumerable<ColumnSchema> columns) =>
        columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal).SetEquals(table.PrimaryKey);
}
