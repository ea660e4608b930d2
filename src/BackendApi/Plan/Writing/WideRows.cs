using BackendApi.Model;

namespace BackendApi.Plan.Writing;

/// <summary>
/// Clients leave out what is null. New rows that differ in nothing but that get the same columns, so that one statement inserts them all: a column without
/// a default that nobody names is null, too.
/// </summary>
internal static class WideRows
{
    /// <param name="told">Columns whose values the database is to tell where a row does not give them.</param>
    public static void Make(EntitySetModel set, IReadOnlyList<PlannedRow> rows, Func<IReadOnlyCollection<ColumnSchema>> told)
    {
        // A view may stand before columns with defaults of their own.
        if (set.Table.IsView || IsOfOneForm(rows))
            return;
        var columns = told();
        var kinds = new Dictionary<RowColumns, string>();
        foreach (var alike in rows.GroupBy(row => kinds.TryGetValue(row.Values.Form, out var kind) ? kind : kinds[row.Values.Form] = Kind(row.Values.Form, columns)))
            Widen([.. alike]);
    }

    private static bool IsOfOneForm(IReadOnlyList<PlannedRow> rows)
    {
        for (var i = 1; i < rows.Count; i++)
            if (!ReferenceEquals(rows[i].Values.Form, rows[0].Values.Form))
                return false;
        return true;
    }

    /// <summary>The columns that a row cannot be given a null for where it does not have them.</summary>
    private static string Kind(RowColumns form, IReadOnlyCollection<ColumnSchema> told) => string.Join('\n', form.Columns
        .Where((column, i) => form.Names[i] is null || column is not { IsNullable: true, Default: null, IsIdentity: false, IsGenerated: false } || told.Contains(column))
        .Select(column => column.Name).Order(StringComparer.Ordinal));

    private static void Widen(IReadOnlyList<PlannedRow> rows)
    {
        var columns = new List<ColumnSchema>();
        var names = new List<string?>();
        var places = new Dictionary<RowColumns, int[]>();
        foreach (var form in rows.Select(row => row.Values.Form).Distinct())
            places.Add(form, [.. form.Columns.Select((column, i) => Place(column, form.Names[i]))]);
        if (places.Count == 1)
            return;
        var wide = new RowColumns(columns, names);
        foreach (var row in rows)
            row.Values = new(wide, Spread(row.Values.Items, places[row.Values.Form], wide.Count));

        int Place(ColumnSchema column, string? name)
        {
            if (columns.IndexOf(column) is >= 0 and var known)
                return known;
            columns.Add(column);
            names.Add(name);
            return columns.Count - 1;
        }
    }

    private static object?[] Spread(object?[] items, int[] places, int count)
    {
        var wide = new object?[count];
        for (var i = 0; i < items.Length; i++)
            wide[places[i]] = items[i];
        return wide;
    }
}
