using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

/// <summary>Items of every type in collections of values: texts, numbers and booleans as JSON has them, the others as texts in it.</summary>
public abstract class ListItemCases(ListService service)
{
    public static TheoryData<string, string> Filters => ListsTable.Filters;

    [DatabaseTheory, MemberData(nameof(Filters))]
    public Task In_a_filter(string filter, string keys) => service.Keys("Listings", "$filter=" + filter, keys, filter);

    [DatabaseFact]
    public Task Chosen_and_ordered() => service.Answers(
        "Listings?$filter=Id in (3,4)&$select=Days($filter=$it gt 2000-01-01),Instants($orderby=$it;$top=2),Waits($filter=$it ne null;$orderby=$it desc),Times($filter=$it eq null;$count=true)",
        """
        {"@odata.context":"{root}$metadata#Listings(Days,Times,Instants,Waits)","value":[
        {"Days":[],"Times@odata.count":2,"Times":[null,null],"Instants":[null,null],"Waits":[]},
        {"Days":["2024-02-29","2024-02-29"],"Times@odata.count":0,"Times":[],"Instants":["2024-02-29T11:00:00Z","2024-02-29T12:34:56.5Z"],"Waits":["P1DT12H","P1DT12H","-P1D"]}]}
        """);

    [DatabaseFact]
    public Task As_a_resource() => service.Answers(
        "Listings(1)/Codes?$filter=$this lt ffffffff-0000-0000-0000-000000000000", """{"@odata.context":"{root}$metadata#Listings(1)/Codes","value":["0a000000-0000-0000-0000-00000000000b"]}""");

    [DatabaseTheory]
    [InlineData("Days/any(d:d eq 'x')", 400, "TypeMismatch")]
    [InlineData("hassubset(Days,[2024-02-29T00:00:00Z])", 400, "TypeMismatch")]
    [InlineData("Days eq Instants", 400, "TypeMismatch")]
    [InlineData("Reals eq [INF]", 501, "NotImplemented")]
    public Task What_no_item_is(string filter, int status, string code) => service.Refuses("Listings?$filter=" + filter, status, code);
}

/// <summary>The service over collections of every type.</summary>
public abstract class ListService(TestDatabase database, IReadOnlyList<(TableSchema Table, object?[][] Rows)>? tables = null, string definitions = ListsTable.Definitions)
    : PublishedTables(database, tables ?? ListsTable.All, definitions);

public sealed class SqliteLists() : ListService(new SqliteTestDatabase());

public sealed class PostgreSqlLists() : ListService(new PostgreSqlTestDatabase());

public sealed class SqlServerLists() : ListService(new SqlServerTestDatabase());

public sealed class ListItemsOnSqlite(SqliteLists service) : ListItemCases(service), IClassFixture<SqliteLists>;

[Needs("PostgreSql")]
public sealed class ListItemsOnPostgreSql(PostgreSqlLists service) : ListItemCases(service), IClassFixture<PostgreSqlLists>;

[Needs("SqlServer")]
public sealed class ListItemsOnSqlServer(SqlServerLists service) : ListItemCases(service), IClassFixture<SqlServerLists>;

/// <summary>The same collections in arrays of PostgreSQL, whose definition leaves the types to the catalogue, but for durations: interval has other words for them.</summary>
public sealed class PostgreSqlArrays() : ListService(new PostgreSqlTestDatabase(), [(Table, ListsTable.Typed)], Definitions)
{
    private const string Definitions =
        """
        [ { "alias": "listings", "table": "listing", "fields": [ { "column": "id" }, { "column": "texts" }, { "column": "flags" }, { "column": "numbers" }, { "column": "bigs" },
            { "column": "prices" }, { "column": "reals" }, { "column": "shorts" }, { "column": "days" }, { "column": "times" }, { "column": "instants" },
            { "column": "waits", "type": "collection(duration)" }, { "column": "codes" } ] } ]
        """;

    private static readonly TableSchema Table = ListsTable.Table with { Columns = [ListsTable.Table.Columns[0], .. ListsTable.Table.Columns.Skip(1).Zip(ListsTable.ArrayTypes, Column)] };

    protected override string CreateTable(Dialect dialect, TableSchema table) =>
        $"CREATE TABLE listing (id integer PRIMARY KEY, {string.Join(", ", table.Columns.Skip(1).Select(column => $"{column.Name} {column.Type.Native}"))})";

    private static ColumnSchema Column(ColumnSchema column, string type) => column with { Type = new(ValueKind.Json, type) };
}

[Needs("PostgreSql")]
public sealed class ListItemsInArrays(PostgreSqlArrays service) : ListItemCases(service), IClassFixture<PostgreSqlArrays>;
