namespace BackendApi.Model;

/// <summary>Looks every document up in the catalogue: the table, the columns, the keys. Relations follow in <see cref="RelationCompletion"/>.</summary>
internal static class DefinitionCompletion
{
    /// <param name="reserved">Names that no entity set can take because code or the schema itself uses them.</param>
    /// <param name="compiled">Those of modules, which take their names before all others.</param>
    /// <returns>The documents whose table exists: compiled ones, then the others, in order of their aliases.</returns>
    public static IReadOnlyList<CompletedDefinition> Complete(
        IReadOnlyList<EndpointDefinition> definitions, Catalogue catalogue, IReadOnlySet<string> reserved, List<DefinitionMistake> mistakes, IReadOnlyList<EndpointDefinition> compiled)
    {
        List<EndpointDefinition> ordered =
            [.. compiled.OrderBy(definition => definition.Alias, StringComparer.Ordinal), .. definitions.OrderBy(definition => definition.Alias, StringComparer.Ordinal)];
        var names = NameSets(ordered, compiled.Count, reserved, mistakes);
        var completed = new List<CompletedDefinition>(ordered.Count);
        var aliases = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < ordered.Count; i++)
        {
            var definition = ordered[i];
            var own = new MistakeList(definition.Alias, mistakes);
            if (!aliases.Add(definition.Alias))
                own.Add("alias", $"Another document has the alias '{definition.Alias}' already; aliases differ in more than case.");
            DefinitionValidator.Check(definition, own);
            var tables = catalogue.For(isCompiled: i < compiled.Count);
            if (tables.Find(definition.Table) is { } table)
                completed.Add(Complete(definition, names[i], table, own, isCompiled: i < compiled.Count));
            else
                own.AddUnknown("table", $"The database has no table or view '{definition.Table}'.", definition.Table, tables.Names);
        }
        return completed;
    }

    /// <summary>Names that documents state come first, so that a derived one never takes them away.</summary>
    private static string[] NameSets(List<EndpointDefinition> definitions, int compiled, IReadOnlySet<string> reserved, List<DefinitionMistake> mistakes)
    {
        var taken = new HashSet<string>(reserved, StringComparer.OrdinalIgnoreCase);
        var own = new HashSet<string>(definitions.Take(compiled).Select(definition => definition.EntitySet).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        var names = new string[definitions.Count];
        for (var i = 0; i < names.Length; i++)
            if (definitions[i].EntitySet is { } name)
            {
                names[i] = name;
                if (!taken.Add(name))
                    new MistakeList(definitions[i].Alias, mistakes).Add("entitySet", i >= compiled && own.Contains(name)
                        ? $"The service itself has an entity set '{name}': give this one another name."
                        : reserved.Contains(name)
                        ? $"The name '{name}' is reserved."
                        : $"Another document has the entity set '{name}' already; names differ in more than case.");
            }
        for (var i = 0; i < names.Length; i++)
            for (var j = 0; j < (definitions[i].Derived?.Count ?? 0); j++)
                if (!taken.Add(definitions[i].Derived![j].Name))
                    new MistakeList(definitions[i].Alias, mistakes).Add($"derived[{j}].name", $"Another type or set is named '{definitions[i].Derived![j].Name}' already; names differ in more than case.");
        for (var i = 0; i < names.Length; i++)
            // Under a number at its end nobody would look for it, and would find the other instead.
            if (names[i] is null && Identifiers.PascalCase(definitions[i].Alias, "Set") is var derived && own.Contains(derived))
                new MistakeList(definitions[i].Alias, mistakes).Add("entitySet", $"The alias leads to the name '{derived}', under which the service itself has an entity set: give this one another name.");
        for (var i = 0; i < names.Length; i++)
            names[i] ??= Identifiers.Unique(Identifiers.PascalCase(definitions[i].Alias, "Set"), taken);
        return names;
    }

    private static CompletedDefinition Complete(EndpointDefinition definition, string name, TableSchema table, MistakeList mistakes, bool isCompiled)
    {
        var keyColumns = KeyColumns(definition, table, mistakes);
        var fields = CompleteFields(definition, table, keyColumns, mistakes);
        var derived = DerivedCompletion.Complete(definition, table, fields, mistakes);
        var columns = new ExposedColumns(table, fields, mistakes);
        CheckPaths(fields.Select((field, i) => (field, $"fields[{i}].name")), mistakes);
        return new()
        {
            Source = definition,
            Name = name,
            Table = table,
            Fields = fields,
            Key = columns.Key(keyColumns, definition.Key is null ? null : "key"),
            AlternateKeys = AlternateKeys(definition, table, keyColumns, columns, mistakes),
            Concurrency = Concurrency(definition, table, mistakes),
            Search = definition.Search is { Count: > 0 } named ? Search(named, columns, mistakes) : [.. fields.Where(IsText)],
            Derived = derived,
            Media = StreamCompletion.Media(definition.Media, table, mistakes),
            Streams = StreamCompletion.Complete(definition, table, [.. fields, .. derived.SelectMany(type => type.Fields)], mistakes),
            Mistakes = mistakes,
            IsCompiled = isCompiled,
        };
    }

    private static ColumnSchema? Concurrency(EndpointDefinition definition, TableSchema table, MistakeList mistakes)
    {
        if (definition.Concurrency is not { } name)
            return null;
        var column = table.RowVersion is { } version && version.Name == name ? version : table.Column(name);
        if (column is null)
            ExposedColumns.AddUnknown(name, table, "concurrency", mistakes);
        return column;
    }

    private static IReadOnlyList<string> KeyColumns(EndpointDefinition definition, TableSchema table, MistakeList mistakes)
    {
        if (definition.Key is { } stated)
        {
            if (stated.All(column => table.Column(column) is not null))
                CheckIdentifies(stated, table, "key", mistakes);
            return stated;
        }
        if (table.PrimaryKey.Count > 0)
            return table.PrimaryKey;
        if (table.UniqueKeys.FirstOrDefault(unique => HoldsNoNulls(unique.Columns, table)) is { } key)
            return key.Columns;
        mistakes.Add("key", table.IsView
            ? $"'{table.Name}' is a view: name the columns that identify a row."
            : $"The table '{table.Name}' has neither a primary key nor a unique key without nulls: name the columns that identify a row.");
        return [];
    }

    private static List<CompletedField> CompleteFields(EndpointDefinition definition, TableSchema table, IReadOnlyList<string> key, MistakeList mistakes)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in definition.Fields ?? [])
            if (field.Name is { } stated)
                taken.Add(stated.Split('/')[0]);
        var fields = new List<CompletedField>(definition.Fields?.Count ?? table.Columns.Count);
        if (definition.Fields is null)
            foreach (var column in table.Columns.Where(column => definition.Streams?.Any(stream => stream.Column == column.Name) != true))
                fields.Add(FieldCompletion.Complete(NameOf(column), column, null, key.Contains(column.Name), "fields", mistakes));
        for (var i = 0; i < (definition.Fields?.Count ?? 0); i++)
        {
            var field = definition.Fields![i];
            if (table.Column(field.Column) is { } column)
                fields.Add(FieldCompletion.Complete(field.Name ?? NameOf(column), column, field, key.Contains(column.Name), $"fields[{i}]", mistakes));
            else
                ExposedColumns.AddUnknown(field.Column, table, $"fields[{i}].column", mistakes);
        }
        return fields;

        string NameOf(ColumnSchema column) => Identifiers.Unique(Identifiers.PascalCase(column.Name, "Column"), taken);
    }

    /// <summary>A name is a property or a complex property, never both.</summary>
    public static void CheckPaths(IEnumerable<(CompletedField Field, string Path)> fields, MistakeList mistakes)
    {
        var isComplex = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, path) in fields)
            for (var length = 1; length <= field.Path.Count; length++)
            {
                var prefix = string.Join('/', field.Path.Take(length));
                if (!isComplex.TryAdd(prefix, length < field.Path.Count) && isComplex[prefix] != length < field.Path.Count)
                    mistakes.Add(path, $"'{prefix}' is a field and a complex property at once.");
            }
    }

    private static List<IReadOnlyList<CompletedField>> AlternateKeys(
        EndpointDefinition definition, TableSchema table, IReadOnlyList<string> key, ExposedColumns columns, MistakeList mistakes)
    {
        if (definition.AlternateKeys is null)
            return [.. table.UniqueKeys.Select(unique => unique.Columns).Append(table.PrimaryKey)
                .Where(unique => unique.Count > 0 && !IsSameSet(unique, key) && HoldsNoNulls(unique, table))
                .Select(columns.WhenAllAreExposed).OfType<IReadOnlyList<CompletedField>>()];
        var keys = new List<IReadOnlyList<CompletedField>>(definition.AlternateKeys.Count);
        for (var i = 0; i < definition.AlternateKeys.Count; i++)
        {
            if (definition.AlternateKeys[i].All(column => table.Column(column) is not null))
                CheckIdentifies(definition.AlternateKeys[i], table, $"alternateKeys[{i}]", mistakes);
            keys.Add(columns.Key(definition.AlternateKeys[i], $"alternateKeys[{i}]"));
        }
        return keys;
    }

    private static bool IsText(CompletedField field) => field.Kind == ValueKind.String && field.Column.Type.Kind == ValueKind.String;

    private static List<CompletedField> Search(IReadOnlyList<string> names, ExposedColumns columns, MistakeList mistakes)
    {
        var found = new List<CompletedField>();
        for (var i = 0; i < names.Count; i++)
            if (columns.One(names[i], $"search[{i}]", "The search") is not { } field)
                continue;
            else if (field.Kind is ValueKind.String)
                found.Add(field);
            else
                mistakes.Add($"search[{i}]", $"The column '{field.Column.Name}' is shown as {FieldTypes.NameOf(field.Kind)}; search looks through strings.");
        return found;
    }

    /// <summary>A key of a table rests on a constraint. What identifies a row of a view only its author knows.</summary>
    private static void CheckIdentifies(IReadOnlyList<string> columns, TableSchema table, string path, MistakeList mistakes)
    {
        if (table.IsView)
            return;
        foreach (var name in columns)
            if (table.Column(name) is { IsNullable: true } && !table.PrimaryKey.Contains(name))
                mistakes.Add(path, $"The column '{name}' can be null, so it identifies no row.");
        if (!IsUnique(columns, table))
            mistakes.Add(path, $"The table '{table.Name}' has no primary key or unique constraint over {string.Join(", ", columns)}: two rows could have the same key.");
    }

    /// <summary>At most one row has any given values in these columns.</summary>
    public static bool IsUnique(IEnumerable<string> columns, TableSchema table)
    {
        var given = columns.ToHashSet();
        return (table.PrimaryKey.Count > 0 && given.IsSupersetOf(table.PrimaryKey)) || table.UniqueKeys.Any(unique => given.IsSupersetOf(unique.Columns));
    }

    private static bool HoldsNoNulls(IReadOnlyList<string> columns, TableSchema table) =>
        columns.All(name => table.PrimaryKey.Contains(name) || table.Column(name) is { IsNullable: false });

    private static bool IsSameSet(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Count == right.Count && left.All(right.Contains);
}

/// <summary>The columns that a document's other members may name: those of its fields.</summary>
internal sealed class ExposedColumns(TableSchema table, IReadOnlyList<CompletedField> fields, MistakeList mistakes)
{
    /// <param name="role">Begins the sentence that says who needs the column.</param>
    public CompletedField? One(string column, string path, string role)
    {
        if (Find(column) is { } field)
            return field;
        if (table.Column(column) is null)
            AddUnknown(column, table, path, mistakes);
        else
            mistakes.Add(path, $"{role} needs the column '{column}', which is not among the fields.");
        return null;
    }

    /// <param name="path">Null when the catalogue chose the columns: the fields are at fault then.</param>
    public List<CompletedField> Key(IReadOnlyList<string> columns, string? path)
    {
        var found = new List<CompletedField>(columns.Count);
        for (var i = 0; i < columns.Count; i++)
            if (One(columns[i], path is null ? "fields" : $"{path}[{i}]", "The key") is not { } field)
                continue;
            else if (field.Path.Count > 1)
                mistakes.Add(path is null ? "key" : $"{path}[{i}]", $"The column '{columns[i]}' is part of the complex property {field.Path[0]}, which cannot be part of a key.");
            else if (FieldTypes.CanBeKey(field.Kind))
                found.Add(field);
            else
                mistakes.Add(path is null ? "key" : $"{path}[{i}]", $"The column '{columns[i]}' is shown as {FieldTypes.NameOf(field.Kind)}, which cannot be part of a key.");
        return found;
    }

    public IReadOnlyList<CompletedField>? WhenAllAreExposed(IReadOnlyList<string> columns)
    {
        var found = columns.Select(Find).OfType<CompletedField>().Where(field => FieldTypes.CanBeKey(field.Kind) && field.Path.Count == 1).ToList();
        return found.Count == columns.Count ? found : null;
    }

    public static void AddUnknown(string column, TableSchema table, string path, MistakeList mistakes) =>
        mistakes.AddUnknown(path, $"'{table.Name}' has no column '{column}'.", column, table.Columns.Select(known => known.Name));

    private CompletedField? Find(string column)
    {
        foreach (var field in fields)
            if (field.Column.Name == column)
                return field;
        return null;
    }
}
