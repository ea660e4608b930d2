using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

/// <summary>
/// <c>$levels=max</c> over data that leads back to itself: 1 is below 2, 2 below 3, 3 below 1 again; 4 is below itself; 5 is below 1, and 6 below nothing.
/// </summary>
public abstract class LevelsCases(CycleService service)
{
    [DatabaseFact]
    public Task A_reference_ends_a_cycle_of_single_entities() => service.Answers(
        "Nodes?$filter=Id in (1,4,5,6)&$select=Id&$expand=Above($select=Id;$levels=max)",
        """
        {"@odata.context":"{root}$metadata#Nodes(Id,Above+(Id))","value":[
        {"Id":1,"Above":{"Id":2,"Above":{"Id":3,"Above":{"@odata.id":"{root}Nodes(1)"}}}},
        {"Id":4,"Above":{"@odata.id":"{root}Nodes(4)"}},
        {"Id":5,"Above":{"Id":1,"Above":{"Id":2,"Above":{"Id":3,"Above":{"@odata.id":"{root}Nodes(1)"}}}}},
        {"Id":6,"Above":null}]}
        """);

    [DatabaseFact]
    public Task A_reference_ends_a_cycle_of_collections() => service.Answers(
        "Nodes?$filter=Id in (1,4,6)&$select=Id&$expand=Below($select=Id;$levels=max;$orderby=Id)",
        """
        {"@odata.context":"{root}$metadata#Nodes(Id,Below+(Id))","value":[
        {"Id":1,"Below":[{"Id":3,"Below":[{"Id":2,"Below":[{"@odata.id":"{root}Nodes(1)"}]}]},{"Id":5,"Below":[]}]},
        {"Id":4,"Below":[{"@odata.id":"{root}Nodes(4)"}]},
        {"Id":6,"Below":[]}]}
        """);

    [DatabaseFact]
    public Task In_4_01() => service.Answers(
        "Nodes(4)?$select=Id&$expand=Below($select=Id;$levels=max)",
        """{"@context":"{root}$metadata#Nodes(Id,Below+(Id))/$entity","Id":4,"Below":[{"@id":"{root}Nodes(4)"}]}""", ("OData-MaxVersion", "4.01"));

    [DatabaseFact]
    public Task A_number_of_levels_is_what_it_says() => service.Answers(
        "Nodes(4)?$select=Id&$expand=Above($select=Id;$levels=3)",
        """{"@odata.context":"{root}$metadata#Nodes(Id,Above+(Id))/$entity","Id":4,"Above":{"Id":4,"Above":{"Id":4,"Above":{"Id":4}}}}""");

    [DatabaseFact]
    public Task Another_expansion_begins_anew() => service.Answers(
        "Nodes(5)?$select=Id&$expand=Above($select=Id;$levels=max;$expand=Below/$count),Below($select=Id;$expand=Above($select=Id))",
        """
        {"@odata.context":"{root}$metadata#Nodes(Id,Above+(Id),Below(Id,Above(Id)))/$entity","Id":5,
        "Above":{"Id":1,"Above":{"Id":2,"Above":{"Id":3,"Above":{"@odata.id":"{root}Nodes(1)"},"Below@odata.count":1},"Below@odata.count":1},"Below@odata.count":2},"Below":[]}
        """);
}

/// <summary>The service over rows that lead back to themselves.</summary>
public abstract class CycleService(TestDatabase database) : PublishedTables(database, [(Node, Rows)], Definitions)
{
    private static readonly TableSchema Node = new(
        new(null, "node"), [new("id", new(ValueKind.Int32, ""), false), new("above_id", new(ValueKind.Int32, ""), true)], ["id"], [], []);

    private static readonly object?[][] Rows = [[1, 2], [2, 3], [3, 1], [4, 4], [5, 1], [6, null]];

    private const string Definitions =
        """
        [ { "alias": "nodes", "table": "node", "fields": [ { "column": "id" } ], "relations": [
            { "name": "Above", "target": "nodes", "multiplicity": "one", "on": [ { "column": "above_id", "targetColumn": "id" } ] },
            { "name": "Below", "target": "nodes", "multiplicity": "many", "on": [ { "column": "id", "targetColumn": "above_id" } ] } ] } ]
        """;
}

public sealed class SqliteCycles() : CycleService(new SqliteTestDatabase());

public sealed class PostgreSqlCycles() : CycleService(new PostgreSqlTestDatabase());

public sealed class SqlServerCycles() : CycleService(new SqlServerTestDatabase());

public sealed class LevelsOnSqlite(SqliteCycles service) : LevelsCases(service), IClassFixture<SqliteCycles>;

[Needs("PostgreSql")]
public sealed class LevelsOnPostgreSql(PostgreSqlCycles service) : LevelsCases(service), IClassFixture<PostgreSqlCycles>;

[Needs("SqlServer")]
public sealed class LevelsOnSqlServer(SqlServerCycles service) : LevelsCases(service), IClassFixture<SqlServerCycles>;
