namespace BackendApi.Model;

/// <summary>Fits the relations that a document lists to the catalogue, and has <see cref="RelationDiscovery"/> find those of documents that list none.</summary>
internal static class RelationCompletion
{
    public static void Complete(IReadOnlyList<CompletedDefinition> definitions, Catalogue catalogue)
    {
        var byName = new Dictionary<string, CompletedDefinition>();
        foreach (var definition in definitions)
            byName.TryAdd(definition.Source.Alias, definition);
        foreach (var definition in definitions)
            byName.TryAdd(definition.Name, definition);
        foreach (var definition in definitions)
        {
            var tables = catalogue.For(definition.IsCompiled);
            CheckReferences(definition, byName);
            if (definition.Source.Relations is { } relations)
                definition.Relations = Listed(definition, relations, "relations", byName, tables);
            foreach (var derived in definition.Derived)
                derived.Relations = Listed(definition, derived.Source.Relations ?? [], $"derived[{definition.Source.Derived!.Index().First(item => item.Item == derived.Source).Index}].relations", byName, tables);
        }
        RelationDiscovery.Complete(definitions);
    }

    private static void CheckReferences(CompletedDefinition definition, Dictionary<string, CompletedDefinition> byName)
    {
        for (var i = 0; i < (definition.Source.Fields?.Count ?? 0); i++)
            if (definition.Source.Fields![i].Validation?.References is { } name)
            {
                var path = $"fields[{i}].validation.references";
                if (!byName.TryGetValue(name, out var target))
                    definition.Mistakes.AddUnknown(path, $"There is no endpoint '{name}'.", name, byName.Keys);
                else if (target.Key.Count > 1)
                    definition.Mistakes.Add(path, $"'{name}' has a key of {target.Key.Count} columns; a single field cannot refer to it.");
            }
    }

    private static List<CompletedRelation> Listed(
        CompletedDefinition source, IReadOnlyList<RelationDefinition> listed, string list, Dictionary<string, CompletedDefinition> byName, TableIndex tables)
    {
        var relations = new List<CompletedRelation>();
        for (var i = 0; i < listed.Count; i++)
        {
            var relation = listed[i];
            var path = $"{list}[{i}]";
            if (source.PropertyNames.Contains(relation.Name, StringComparer.OrdinalIgnoreCase))
                source.Mistakes.Add($"{path}.name", $"A field is named '{relation.Name}' already; names differ in more than case.");
            if (!byName.TryGetValue(relation.Target, out var target))
            {
                // What is compiled cannot know what is published: the relation is there as long as its target is.
                if (source.IsCompiled)
                    continue;
                source.Mistakes.AddUnknown($"{path}.target", $"There is no endpoint '{relation.Target}'.", relation.Target, byName.Keys);
                continue;
            }
            var complete = relation.Through is null
                ? Direct(source, relation, target, path)
                : Through(source, relation, target, relation.Through, tables, path);
            // A relation to an endpoint that is switched off is valid and leads nowhere for now.
            if (complete is not null && target.Source.IsActive)
                relations.Add(complete);
        }
        return relations;
    }

    private static CompletedRelation? Direct(CompletedDefinition source, RelationDefinition relation, CompletedDefinition target, string path)
    {
        var on = relation.On is null
            ? FromForeignKey(source, target, path)
            : Pairs(relation.On, source.Table, target.Table, $"{path}.on", source.Mistakes);
        if (on is null || on.Count == 0)
            return null;
        var leadsToOne = DefinitionCompletion.IsUnique(on.Select(pair => pair.Target.Name), target.Table);
        if (relation.Multiplicity == "one" && !leadsToOne && !target.Table.IsView)
            source.Mistakes.Add($"{path}.multiplicity",
                $"Several rows of '{target.Table.Name}' can have the same {string.Join(", ", on.Select(pair => pair.Target.Name))}: the relation leads to many.");
        var isCollection = relation.Multiplicity is null ? !leadsToOne : relation.Multiplicity == "many";
        return new(relation.Name, relation.Alias, target, on, null, relation.IsEditable)
        {
            IsCollection = isCollection,
            IsNullable = !isCollection && (CanLeadNowhere(target, on) || !IsForeignKey(source.Table, target.Table, on)),
            // The columns of the source refer to those of the target, and not the other way round.
            IsDependent = !isCollection && (IsForeignKey(source.Table, target.Table, on) || !IsForeignKey(target.Table, source.Table, [.. on.Select(pair => (pair.Target, pair.Source))])),
        };
    }

    private static CompletedRelation? Through(
        CompletedDefinition source, RelationDefinition relation, CompletedDefinition target, ThroughDefinition through, TableIndex tables, string path)
    {
        if (tables.Find(through.Table) is not { } link)
        {
            source.Mistakes.AddUnknown($"{path}.through.table", $"The database has no table or view '{through.Table}'.", through.Table, tables.Names);
            return null;
        }
        var on = Pairs(through.On, source.Table, link, $"{path}.through.on", source.Mistakes);
        var to = Pairs(through.To, link, target.Table, $"{path}.through.to", source.Mistakes);
        return on is null || to is null || on.Count == 0 || to.Count == 0
            ? null
            : new(relation.Name, relation.Alias, target, [], new(link.Name, on, to), relation.IsEditable) { IsCollection = true };
    }

    private static List<(ColumnSchema Source, ColumnSchema Target)>? Pairs(
        IReadOnlyList<ColumnPair> pairs, TableSchema source, TableSchema target, string path, MistakeList mistakes)
    {
        var found = new List<(ColumnSchema Source, ColumnSchema Target)>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            var from = source.Column(pairs[i].Column);
            var to = target.Column(pairs[i].TargetColumn);
            if (from is null)
                ExposedColumns.AddUnknown(pairs[i].Column, source, $"{path}[{i}].column", mistakes);
            if (to is null)
                ExposedColumns.AddUnknown(pairs[i].TargetColumn, target, $"{path}[{i}].targetColumn", mistakes);
            if (from is null || to is null)
                continue;
            if (!CanBeEqual(from.Type.Kind, to.Type.Kind))
                mistakes.Add($"{path}[{i}]",
                    $"'{from.Name}' ({FieldTypes.NameOf(from.Type.Kind)}) and '{to.Name}' ({FieldTypes.NameOf(to.Type.Kind)}) can never be equal.");
            else
                found.Add((from, to));
        }
        return found.Count == pairs.Count ? found : null;
    }

    private static List<(ColumnSchema Source, ColumnSchema Target)>? FromForeignKey(CompletedDefinition source, CompletedDefinition target, string path)
    {
        var candidates = ForeignKeyColumns(source.Table, target.Table);
        if (source.Table.Name != target.Table.Name)
            candidates.AddRange(ForeignKeyColumns(target.Table, source.Table).Select(pairs => pairs.Select(pair => (pair.Target, pair.Source)).ToList()));
        if (candidates.Count == 1)
            return candidates[0];
        source.Mistakes.Add($"{path}.on", candidates.Count == 0
            ? $"No foreign key connects '{source.Table.Name}' and '{target.Table.Name}': name the columns."
            : $"{candidates.Count} foreign keys connect '{source.Table.Name}' and '{target.Table.Name}': name the columns of the one that is meant.");
        return null;
    }

    private static List<List<(ColumnSchema Source, ColumnSchema Target)>> ForeignKeyColumns(TableSchema from, TableSchema to) =>
        [.. from.ForeignKeys.Where(key => key.Target == to.Name).Select(key => Columns(key, from, to)).OfType<List<(ColumnSchema Source, ColumnSchema Target)>>()];

    private static bool IsForeignKey(TableSchema source, TableSchema target, IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on) =>
        source.ForeignKeys.Any(key => key.Target == target.Name && Columns(key, source, target) is { } pairs && pairs.Count == on.Count && on.All(pairs.Contains));

    /// <summary>The joined columns of a foreign key; null when the catalogue names one that it does not list.</summary>
    public static List<(ColumnSchema Source, ColumnSchema Target)>? Columns(ForeignKey key, TableSchema source, TableSchema target)
    {
        var pairs = new List<(ColumnSchema, ColumnSchema)>(key.Columns.Count);
        for (var i = 0; i < key.Columns.Count && i < key.TargetColumns.Count; i++)
            if (source.Column(key.Columns[i]) is { } from && target.Column(key.TargetColumns[i]) is { } to)
                pairs.Add((from, to));
        return pairs.Count == key.Columns.Count ? pairs : null;
    }

    /// <summary>Even where a foreign key guarantees the other row, a null leads nowhere, and a row filter can hide it.</summary>
    public static bool CanLeadNowhere(CompletedDefinition target, IReadOnlyList<(ColumnSchema Source, ColumnSchema Target)> on)
    {
        foreach (var (source, _) in on)
            if (source.IsNullable)
                return true;
        return target.Source.Filter is not null;
    }

    private static bool CanBeEqual(ValueKind left, ValueKind right) =>
        left == right || (FieldTypes.IsNumber(left) && FieldTypes.IsNumber(right))
        || (left is ValueKind.String or ValueKind.Enum && right is ValueKind.String or ValueKind.Enum);
}
