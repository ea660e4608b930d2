using System.ComponentModel;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Parse;
using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Resources.Configurations;

[Description("A table or view of the database. EstimatedRows is what the database can say without counting all of them; PublishedAs are the aliases of the configurations that show it.")]
public sealed record PublishableTable(string Name, bool IsView, int Columns, long? EstimatedRows, string? Description, IReadOnlyList<string> PublishedAs);

[Description("The columns of a table with the properties that they would be, and its first rows as JSON objects. Binary columns have no values in them.")]
public sealed record TablePreview(IReadOnlyList<PreviewedColumn> Columns, IReadOnlyList<string> Rows);

[Description("A column of a table that is not published yet.")]
public sealed record PreviewedColumn(string Column, string Name, string Type, bool IsNullable, bool IsKey, string? Description);

/// <summary>What could be published. The product's own tables are not in the catalogue that this reads.</summary>
internal sealed class DatabaseTables(Database database, Publisher publisher, RowPreview preview, Models models, ODataSettings settings)
{
    [Description("The tables and views of the database that can be published.")]
    public async Task<IReadOnlyList<PublishableTable>> PublishableTablesAsync(BoundCollection configurations, OperationContext context)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var tables = await ReadAsync(context.Cancellation);
        var index = new TableIndex(tables.ToDictionary(table => table.Name));
        var published = publisher.Definitions.Values.ToLookup(definition => index.Find(definition.Table)?.Name, definition => definition.Alias);
        await using var session = await database.OpenAsync(context.Cancellation);
        var estimates = await database.Dialect.Catalog.EstimateRowsAsync(session.Connection, context.Cancellation);
        return [.. tables.OrderBy(table => table.Name.ToString(), StringComparer.Ordinal).Select(table => new PublishableTable(
            table.Name.ToString(), table.IsView, table.Columns.Count, estimates.TryGetValue(table.Name, out var rows) ? rows : null, table.Comment, [.. published[table.Name].Order(StringComparer.Ordinal)]))];
    }

    [Description("A whole configuration document for a table, as JSON: fields, keys, validation and relations as the catalogue has them. It can be posted as it is, once a view has got its key.")]
    public async Task<string> SuggestDefinitionAsync(BoundCollection configurations, OperationContext context, [Description("A table or view, as PublishableTables names it.")] string table)
    {
        ConfigurationRights.RequireAll(context.Caller);
        var schema = Find(table, await ReadAsync(context.Cancellation));
        var alias = Alias(schema);
        var definition = new EndpointDefinition
        {
            Alias = alias, EntitySet = Identifiers.Unique(Identifiers.PascalCase(alias, "Set"), models.Current.EntitySets.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase)), Table = schema.Name.ToString(), Concurrency = schema.RowVersion is null ? schema.Columns.FirstOrDefault(IsVersion)?.Name : null,
        };
        var (model, _) = await publisher.TryAsync(new DefinitionChange.Upsert(definition), context.Cancellation);
        return DefinitionWriter.ToJson(model?.ByAlias[definition.Alias].Definition ?? definition with { Fields = Fields(schema) });
    }

    [Description("The first rows of a table, published or not.")]
    public async Task<TablePreview> PreviewTableAsync(
        BoundCollection configurations, OperationContext context, [Description("A table or view, as PublishableTables names it.")] string table, [Description("How many rows are shown, at most 50.")] int rows = 10)
    {
        ConfigurationRights.RequireAll(context.Caller);
        RowPreview.Check(rows, "rows");
        var schema = Find(table, await ReadAsync(context.Cancellation));
        // Nothing is addressed by it: whatever may tell the rows apart, what does so first.
        var keyed = schema with
        {
            PrimaryKey = [.. schema.Columns.Where(column => FieldTypes.CanBeKey(FieldTypes.DefaultFor(column))).Select(column => column.Name).OrderBy(name => !schema.PrimaryKey.Contains(name))],
            IsView = false,
        };
        var definition = new EndpointDefinition
        {
            Alias = "preview", Table = schema.Name.ToString(), Relations = [],
            Fields = [.. Fields(schema).Where(field => schema.Column(field.Column)!.Type.Kind != ValueKind.Binary).Select(field => new FieldDefinition { Column = field.Column, Name = field.Name })],
        };
        var shown = keyed.PrimaryKey.Count == 0 ? null : ModelBuilder.Build(0, [definition], new Dictionary<TableName, TableSchema> { [keyed.Name] = keyed }, settings).Snapshot;
        var set = shown?.ByAlias[definition.Alias];
        return new(
            [.. Fields(schema).Select(field => Column(field, schema.Column(field.Column)!, set))],
            shown is null || rows == 0 ? [] : await preview.ReadAsync(shown, set!.Name, rows, context, isOrdered: false));

        PreviewedColumn Column(FieldDefinition field, ColumnSchema column, EntitySetModel? shownIn) => new(
            field.Column, field.Name!, shownIn?.PropertiesByName.GetValueOrDefault(field.Name!)?.Edm.Type.FullName() ?? $"Edm.{FieldTypes.DefaultFor(column).Primitive()}",
            column.IsNullable, schema.PrimaryKey.Contains(column.Name), column.Comment);
    }

    private async Task<IReadOnlyList<TableSchema>> ReadAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await database.Dialect.Catalog.ReadAsync(session.Connection, only: null, cancellation);
    }

    private static TableSchema Find(string table, IReadOnlyList<TableSchema> tables)
    {
        var index = new TableIndex(tables.ToDictionary(known => known.Name));
        return index.Find(table) ?? throw new ServiceException(
            Errors.InvalidValue, $"The database has no table or view '{table}'. {Suggestions.For(table, index.Names)}".TrimEnd(), "table");
    }

    private static IReadOnlyList<FieldDefinition> Fields(TableSchema schema)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var mistakes = new MistakeList("", []);
        return [.. schema.Columns.Select(column => FieldCompletion.Complete(
            Identifiers.Unique(Identifiers.PascalCase(column.Name, "Column"), taken), column, null, schema.PrimaryKey.Contains(column.Name), "fields", mistakes).Definition)];
    }

    /// <summary>One that nobody has taken: <c>order_item</c> becomes <c>order-items</c>.</summary>
    private string Alias(TableSchema schema)
    {
        var words = Identifiers.CamelWords(schema.Name.Name).Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()).Where(word => word.Length > 0).ToList();
        if (words.Count == 0)
            words = ["table"];
        words[^1] = Identifiers.Plural(words[^1]);
        return Identifiers.Unique(string.Join('-', words), publisher.Definitions.Keys.Concat(models.Current.ByAlias.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The service itself sees to such a column when a definition names it for the ETag.</summary>
    private static bool IsVersion(ColumnSchema column) =>
        !column.IsIdentity && column.Name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "VERSION" or "ROWVERSION" => FieldTypes.IsNumber(column.Type.Kind) || column.Type.Kind == ValueKind.Guid,
            "UPDATEDAT" or "MODIFIEDAT" or "CHANGEDAT" or "LASTMODIFIED" => column.Type.Kind == ValueKind.DateTimeOffset,
            _ => false,
        };
}
