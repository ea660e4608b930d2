namespace BackendApi.Model;

/// <summary>
/// Relations of documents that list none: every foreign key between two published tables, from both ends. Names, in this order:
/// <list type="bullet">
/// <item>To one: the column without <c>id</c> and <c>fk</c> (<c>customer_id</c>, <c>fk_customer</c>, <c>CustomerID</c>: <c>Customer</c>); the target set's
/// singular when the column is named as the target's own or there are several; else the column and <c>Navigation</c> (<c>ReportsTo</c>: <c>ReportsToNavigation</c>).</item>
/// <item>To many: the source set's name (<c>Orders</c>), or its singular when the foreign key is unique there.</item>
/// <item>A set that refers to itself, and names that two foreign keys want: with <c>By</c> and the column (<c>EmployeesByReportsTo</c>, <c>OrdersByBillingAddress</c>).</item>
/// <item>What still collides with a property gets <c>Navigation</c>, then a number.</item>
/// </list>
/// Where several sets show one table, discovered relations lead to one that shows all of its rows, and among those to the first by alias.
/// </summary>
internal static class RelationDiscovery
{
    private static readonly HashSet<string> Affixes = new(["id", "fk", "uuid", "guid"], StringComparer.OrdinalIgnoreCase);

    private sealed record Candidate(CompletedRelation Relation, ForeignKey Key);

    public static void Complete(IReadOnlyList<CompletedDefinition> definitions)
    {
        var setOfTable = new Dictionary<TableName, CompletedDefinition>();
        foreach (var definition in definitions.Where(definition => definition.Source.IsActive).OrderBy(definition => definition.Source.Filter is not null))
            setOfTable.TryAdd(definition.Table.Name, definition);
        var outgoing = definitions.Select(definition => definition.Table).Distinct().ToDictionary(table => table.Name, ForeignKeys);
        var incoming = setOfTable.Values
            .SelectMany(source => outgoing[source.Table.Name].Select(key => (Source: source, Key: key)))
            .ToLookup(pair => pair.Key.Target);
        foreach (var definition in definitions)
            if (definition.Source.Relations is null)
                definition.Relations = Name(definition, [.. Outgoing(definition, outgoing[definition.Table.Name], setOfTable), .. Incoming(definition, incoming[definition.Table.Name])]);
    }

    private static IEnumerable<Candidate> Outgoing(CompletedDefinition source, IReadOnlyList<ForeignKey> foreignKeys, Dictionary<TableName, CompletedDefinition> setOfTable)
    {
        foreach (var key in foreignKeys)
            if (setOfTable.TryGetValue(key.Target, out var target) && RelationCompletion.Columns(key, source.Table, target.Table) is { } on)
                yield return new(
                    new(ToOneName(key, target), null, target, on, null, false) { IsNullable = RelationCompletion.CanLeadNowhere(target, on), IsDependent = true }, key);
    }

    private static IEnumerable<Candidate> Incoming(CompletedDefinition target, IEnumerable<(CompletedDefinition Source, ForeignKey Key)> foreignKeys)
    {
        foreach (var (source, key) in foreignKeys.OrderBy(pair => pair.Source.Name, StringComparer.Ordinal))
            if (RelationCompletion.Columns(key, source.Table, target.Table) is { } on)
            {
                var isCollection = !DefinitionCompletion.IsUnique(key.Columns, source.Table);
                var name = isCollection ? source.Name : Identifiers.Singular(source.Name);
                if (source == target)
                    name += "By" + By(key);
                yield return new(
                    new(name, null, source, on.ConvertAll(pair => (pair.Target, pair.Source)), null, false) { IsCollection = isCollection, IsNullable = !isCollection }, key);
            }
    }

    private static List<CompletedRelation> Name(CompletedDefinition definition, List<Candidate> candidates)
    {
        if (candidates.Count == 0)
            return [];
        var taken = new HashSet<string>(definition.PropertyNames, StringComparer.OrdinalIgnoreCase);
        var wanted = candidates.CountBy(candidate => candidate.Relation.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        var relations = new List<CompletedRelation>(candidates.Count);
        foreach (var (relation, key) in candidates)
        {
            var name = wanted[relation.Name] == 1 ? relation.Name : $"{relation.Name}By{By(key)}";
            if (taken.Contains(name))
                name += "Navigation";
            relations.Add(relation with { Name = Identifiers.Unique(name, taken) });
        }
        return relations;
    }

    private static string ToOneName(ForeignKey key, CompletedDefinition target)
    {
        var column = key.Columns[0];
        if (key.Columns.Count == 1 && Stem(column) is { } stem)
            return stem;
        return key.Columns.Count > 1 || string.Equals(column, key.TargetColumns[0], StringComparison.OrdinalIgnoreCase) || Affixes.Contains(column)
            ? Identifiers.Singular(target.Name)
            : Identifiers.PascalCase(column, "Column") + "Navigation";
    }

    private static string By(ForeignKey key) => string.Concat(key.Columns.Select(column => Stem(column) ?? Identifiers.PascalCase(column, "Column")));

    /// <summary>What a foreign key's column is about, without the words that only say that it is one; null when there are no such words, or no others.</summary>
    private static string? Stem(string column)
    {
        var words = Identifiers.CamelWords(column);
        var first = 0;
        var last = words.Count;
        while (first < last && Affixes.Contains(words[first]))
            first++;
        while (first < last && Affixes.Contains(words[last - 1]))
            last--;
        return first == last || last - first == words.Count ? null : Identifiers.PascalCase(string.Join('_', words.Skip(first).Take(last - first)), "");
    }

    /// <summary>In an order that does not depend on the catalogue's, each pair of column lists once.</summary>
    private static IReadOnlyList<ForeignKey> ForeignKeys(TableSchema table) => table.ForeignKeys.Count < 2
        ? table.ForeignKeys
        : [.. table.ForeignKeys.OrderBy(key => string.Join('\0', key.Columns), StringComparer.Ordinal).ThenBy(key => key.Target.ToString(), StringComparer.Ordinal)
            .DistinctBy(key => (string.Join('\0', key.Columns), key.Target, string.Join('\0', key.TargetColumns)))];
}
