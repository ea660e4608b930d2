using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BenchmarkDotNet.Attributes;

namespace BackendApi.Bench.Micro;

/// <summary>Request bodies of bench/Load's writes on their way to a plan: bytes to entities, entities to rows.</summary>
[MemoryDiagnoser]
public class BodiesToPlans
{
    private const int Rows = 1000;

    private static readonly ModelSnapshot Model = Build();
    private static readonly EntitySetModel Orders = Model.EntitySets["Orders"];
    private static readonly BodyScope Scope = new(Model, "https://shop.example/odata/", new());
    private static readonly JsonDocumentOptions Document = new() { AllowDuplicateProperties = false };

    private readonly byte[] _one = Encoding.UTF8.GetBytes(Order(7));
    private readonly byte[] _two = """{"Status":"paid","Total":17.25}"""u8.ToArray();
    private readonly byte[] _many = Encoding.UTF8.GetBytes($$"""{"data":[{{string.Join(',', Enumerable.Range(0, Rows).Select(Order))}}]}""");

    /// <summary>The Data Exchange dialect, cut into items and read: per row.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> ReadRows()
    {
        var mistakes = new Mistakes();
        var reader = new DataExchangeBodyReader(Scope, mistakes);
        var count = 0;
        await foreach (var item in Items().ReadAsync())
            count += reader.Read(item, Orders, BodyPurpose.Create, isAddressed: false, DataExchangeBodyReader.PathOf(Orders, count)).Relations.Count + 1;
        return count;
    }

    /// <summary>The same, and planned.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<WritePlan> PlanRows()
    {
        var mistakes = new Mistakes();
        var reader = new DataExchangeBodyReader(Scope, mistakes);
        var planner = new WritePlanner(Model, mistakes);
        var index = 0;
        await foreach (var item in Items().ReadAsync())
            planner.Insert(reader.Read(item, Orders, BodyPurpose.Create, isAddressed: false, DataExchangeBodyReader.PathOf(Orders, index++)), isRoot: true);
        mistakes.ThrowIfAny();
        return planner.ToPlan();
    }

    /// <summary>Cut into items alone.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> CutRows()
    {
        var count = 0;
        await foreach (var item in Items().ReadAsync())
            count += item.ValueKind == JsonValueKind.Object ? 1 : 0;
        return count;
    }

    [Benchmark]
    public WritePlan PlanPost()
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(_one, Document);
        var planner = new WritePlanner(Model, mistakes);
        planner.Insert(new EntityBodyReader(Scope, mistakes).Read(document.RootElement, Orders, BodyPurpose.Create), isRoot: true);
        return planner.ToPlan();
    }

    [Benchmark]
    public WritePlan PlanPatch()
    {
        var mistakes = new Mistakes();
        using var document = JsonDocument.Parse(_two, Document);
        var planner = new WritePlanner(Model, mistakes);
        planner.Update(new EntityBodyReader(Scope, mistakes).Read(document.RootElement, Orders, BodyPurpose.Update), WritePlanner.Values(Orders, [4711]), isRoot: true);
        return planner.ToPlan();
    }

    private JsonItems Items() => new(PipeReader.Create(new MemoryStream(_many)), "data", new(int.MaxValue, 1_000_000));

    private static string Order(int n) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"CustomerId":{{n * 17 % 1000}},"Status":"{{(n % 2 == 0 ? "paid" : "shipped")}}","Currency":"EUR","Total":{{n * 31 % 900}}.{{n % 90 + 10}},"IsPaid":{{(n % 2 == 0 ? "true" : "false")}},"PlacedAt":"2024-01-{{n % 28 + 1:00}}T10:{{n % 60:00}}:00Z","Note":{{(n % 3 == 0 ? "null" : "\"leave it at the door\"")}}}""");

    private static ModelSnapshot Build()
    {
        var text = new ColumnType(ValueKind.String, "varchar(40)", 40);
        var number = new ColumnType(ValueKind.Int32, "integer");
        TableSchema orders = new(
            new(null, "orders"),
            [
                new("id", number, IsNullable: false, IsIdentity: true), new("customer_id", number, IsNullable: false), new("status", text, IsNullable: false),
                new("currency", text, IsNullable: false), new("total", new(ValueKind.Decimal, "numeric(12,2)", Precision: 12, Scale: 2), IsNullable: false),
                new("is_paid", new(ValueKind.Boolean, "boolean"), IsNullable: false), new("placed_at", new(ValueKind.DateTimeOffset, "timestamptz", Precision: 6), IsNullable: false),
                new("note", text, IsNullable: true),
            ],
            PrimaryKey: ["id"], UniqueKeys: [], ForeignKeys: []);
        var read = DefinitionReader.Read(
            """
            [
              { "alias": "orders", "table": "orders", "fields": [
                  { "column": "id", "name": "Id" }, { "column": "customer_id", "name": "CustomerId" }, { "column": "status", "name": "Status" }, { "column": "currency", "name": "Currency" },
                  { "column": "total", "name": "Total" }, { "column": "is_paid", "name": "IsPaid" }, { "column": "placed_at", "name": "PlacedAt" }, { "column": "note", "name": "Note" }],
                "relations": [], "allow": { "create": true, "update": true } }
            ]
            """, DefinitionFormat.Json);
        return ModelBuilder.Build(1, read.Definitions, new Dictionary<TableName, TableSchema> { [orders.Name] = orders }, new()).Snapshot!;
    }
}
