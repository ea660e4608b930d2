using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BackendApi.Sqlite;
using BackendApi.SqlServer;
using BackendApi.Testing;

namespace BackendApi.Tests.Plan;

/// <summary>Requests against the shop's model, planned and written, without a database.</summary>
internal static class Shop
{
    public static readonly IReadOnlyList<Dialect> Dialects = [SqliteDialect.Instance, PostgreSqlDialect.Instance, SqlServerDialect.Instance];

    public static readonly ModelSnapshot Model = Build(ShopTables.Definitions, ShopTables.All.Select(item => item.Table));

    public static ReadQuery Parse(string request) => Parse(Model, request);

    private static ReadQuery Parse(ModelSnapshot model, string request)
    {
        var question = request.IndexOf('?', StringComparison.Ordinal);
        return UrlParser.Parse(model.Edm, question < 0 ? request : request[..question], question < 0 ? "" : request[(question + 1)..], new());
    }

    public static ReadPlan Plan(string request) => Plan(Model, request);

    public static ReadPlan Plan(ModelSnapshot model, string request) => Planner.Plan(model, Parse(model, request), new(PageSize: 1000, MaxPageSize: 5000, MaxExpansionDepth: 6));

    /// <summary>The statement that reads the rows of the request, or counts them.</summary>
    public static Statement Statement(string request, Dialect dialect)
    {
        var plan = Plan(request);
        return SqlWriter.Write(plan is ReadPlan.Count ? ReadStatements.Count(plan.Rows) : ReadStatements.Rows(plan.Rows, plan is ReadPlan.Collection ? plan.Rows.PageSize + 1 : null), dialect);
    }

    /// <summary>Every statement that the request can need: rows, count, the next page, the collections of owners, the owner's existence.</summary>
    public static IEnumerable<Statement> Statements(string request, Dialect dialect) => Statements(Plan(request), dialect);

    public static IEnumerable<Statement> Statements(ReadPlan plan, Dialect dialect)
    {
        foreach (var select in Selects(plan.Rows, plan is ReadPlan.Collection))
            yield return SqlWriter.Write(select, dialect);
        if (plan.Owner is not null)
            yield return SqlWriter.Write(ReadStatements.Any(plan.Owner), dialect);
    }

    private static IEnumerable<Select> Selects(RowsPlan rows, bool isPaged)
    {
        // Rows that are transformed for many owners at once are read with these.
        if (rows.Owner is null && rows.Columns.Count > 0)
            yield return ReadStatements.Rows(rows, isPaged ? rows.PageSize + 1 : null);
        if (rows.Owner is null)
            yield return ReadStatements.Count(rows);
        if (isPaged)
            foreach (var after in (IReadOnlyList<object?>[])[[.. rows.OrderBy.Select(term => Value(term.Value.Kind))], [.. rows.OrderBy.Select(_ => (object?)null)]])
                yield return ReadStatements.Rows(rows with { After = after }, rows.PageSize + 1);
        foreach (var collection in Collections(rows.Shape))
        {
            IReadOnlyList<object>[] owners = [.. collection.Lookup.Select(column => (IReadOnlyList<object>)[Value(column.Kind), Value(column.Kind)])];
            if (collection.Form != ExpandForm.Count)
                yield return ReadStatements.OfOwners(collection, owners, SelectForm.Rows);
            yield return ReadStatements.OfOwners(collection, owners, SelectForm.Count);
            foreach (var select in Selects(collection.Rows, isPaged: false))
                yield return select;
        }
    }

    private static IEnumerable<ShapeCollection> Collections(EntityShape shape) =>
        shape.Collections.Concat(shape.References.SelectMany(reference => Collections(reference.Shape)));

    private static object Value(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => true,
        ValueKind.Byte => (byte)1,
        ValueKind.Int16 => (short)1,
        ValueKind.Int32 => 1,
        ValueKind.Int64 => 1L,
        ValueKind.Decimal => 1m,
        ValueKind.Double => 1d,
        ValueKind.Single => 1f,
        ValueKind.Date => new DateOnly(2024, 1, 1),
        ValueKind.TimeOfDay => new TimeOnly(1, 0),
        ValueKind.DateTimeOffset => DateTimeOffset.UnixEpoch,
        ValueKind.Duration => TimeSpan.FromHours(1),
        ValueKind.Guid => Guid.Empty,
        ValueKind.Binary => new byte[] { 1 },
        _ => "a",
    };

    /// <summary>The model of some tables and what is published of them.</summary>
    public static ModelSnapshot Build(string definitions, IEnumerable<TableSchema> tables)
    {
        var built = TryBuild(definitions, tables);
        return built.Snapshot ?? throw new InvalidOperationException(string.Join(Environment.NewLine, built.Mistakes));
    }

    /// <summary>What is wrong with definitions: the document, the place, what is said.</summary>
    public static IEnumerable<string> Mistakes(string definitions, IEnumerable<TableSchema> tables) =>
        TryBuild(definitions, tables).Mistakes.Select(mistake => $"{mistake.Document} {mistake.Path}: {mistake.Message}");

    private static BuildResult TryBuild(string definitions, IEnumerable<TableSchema> tables) =>
        ModelBuilder.Build(1, DefinitionReader.Read(definitions, DefinitionFormat.Json).Definitions, tables.ToDictionary(table => table.Name), new());
}
