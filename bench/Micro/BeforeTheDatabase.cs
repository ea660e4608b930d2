using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.PostgreSql;
using BackendApi.Sql;
using BenchmarkDotNet.Attributes;

namespace BackendApi.Bench.Micro;

/// <summary>The stages in front of the database, each on top of the ones before it: text to query, query to plan, plan to statement.</summary>
[MemoryDiagnoser]
public class BeforeTheDatabase
{
    private static readonly ModelSnapshot Model = Build();
    private static readonly ParseLimits Parsing = new();
    private static readonly PlanLimits Planning = new(PageSize: 1000, MaxPageSize: 5000, MaxExpansionDepth: 6);

    private string _path = "", _query = "";

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["page"] = "Orders?$filter=Status%20eq%20'paid'%20and%20Total%20gt%205000&$orderby=Id&$top=100",
        ["key"] = "Orders(4711)",
        ["items"] = "Orders?$filter=Id%20gt%204711&$orderby=Id&$top=100&$expand=Items",
        ["any"] = "Orders?$filter=Id%20gt%204711%20and%20Items/any(i:i/Quantity%20gt%2010)&$orderby=Id&$top=100",
        ["group"] = "Orders?$apply=groupby((Status,Currency),aggregate(Total%20with%20sum%20as%20Sum,$count%20as%20Count))&$orderby=Status,Currency",
    };

    /// <summary>The scenarios of bench/Load by their names.</summary>
    [Params("page", "key", "items", "any", "group")]
    public string Scenario { get; set; } = "";

    [GlobalSetup]
    public void Split()
    {
        var parts = Requests[Scenario].Split('?', 2);
        (_path, _query) = (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    [Benchmark]
    public ReadQuery Parse() => UrlParser.Parse(Model.Edm, _path, _query, Parsing);

    [Benchmark]
    public ReadPlan ParseAndPlan() => Planner.Plan(Model, Parse(), Planning);

    [Benchmark]
    public Statement ParsePlanAndWrite() => SqlWriter.Write(ReadStatements.Rows(ParseAndPlan().Rows, take: 101), PostgreSqlDialect.Instance);

    private static ModelSnapshot Build()
    {
        var text = new ColumnType(ValueKind.String, "varchar(16)", 16);
        var number = new ColumnType(ValueKind.Int32, "integer");
        var amount = new ColumnType(ValueKind.Decimal, "numeric(12,2)", Precision: 12, Scale: 2);
        TableSchema orders = new(
            new(null, "orders"),
            [
                new("id", number, IsNullable: false), new("customer_id", number, IsNullable: false), new("status", text, IsNullable: false),
                new("currency", text, IsNullable: false), new("total", amount, IsNullable: false), new("is_paid", new(ValueKind.Boolean, "boolean"), IsNullable: false),
                new("placed_at", new(ValueKind.DateTimeOffset, "timestamptz", Precision: 6), IsNullable: false), new("note", text, IsNullable: true),
            ],
            PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);
        TableSchema items = new(
            new(null, "order_items"),
            [
                new("id", number, IsNullable: false), new("order_id", number, IsNullable: false), new("sku", text, IsNullable: false),
                new("quantity", number, IsNullable: false), new("price", amount, IsNullable: false),
            ],
            PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: [new("fk", ["order_id"], orders.Name, ["id"])]);
        var read = DefinitionReader.Read(
            """
            [
              { "alias": "orders", "table": "orders", "relations": [
                { "name": "Items", "target": "order-items", "multiplicity": "many", "on": [{ "column": "id", "targetColumn": "order_id" }] }] },
              { "alias": "order-items", "table": "order_items" }
            ]
            """, DefinitionFormat.Json);
        return ModelBuilder.Build(1, read.Definitions, new Dictionary<TableName, TableSchema> { [orders.Name] = orders, [items.Name] = items }, new()).Snapshot!;
    }
}
