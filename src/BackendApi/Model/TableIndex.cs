namespace BackendApi.Model;

/// <summary>The catalogue's tables by name: exactly first, regardless of case where that is still one table.</summary>
internal sealed class TableIndex(IReadOnlyDictionary<TableName, TableSchema> tables)
{
    private readonly Lazy<ILookup<string, TableSchema>> regardlessOfCase =
        new(() => tables.Values.ToLookup(table => table.Name.ToString(), StringComparer.OrdinalIgnoreCase));

    public TableSchema? Find(string text) => text.Length == 0 ? null : Find(TableName.Parse(text));

    public TableSchema? Find(TableName name)
    {
        if (tables.TryGetValue(name, out var table))
            return table;
        var similar = regardlessOfCase.Value[name.ToString()].Take(2).ToList();
        return similar.Count == 1 ? similar[0] : null;
    }

    public IEnumerable<string> Names => tables.Keys.Select(name => name.ToString());
}

/// <summary>What documents can be about. Stored ones never reach the product's own tables, which modules describe.</summary>
internal sealed record Catalogue(TableIndex Published, TableIndex WithModules)
{
    public TableIndex For(bool isCompiled) => isCompiled ? WithModules : Published;
}
