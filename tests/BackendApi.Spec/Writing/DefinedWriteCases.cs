using BackendApi.Model;
using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Definitions that show a part of the rows only, that want ETags, and whose types a column tells.</summary>
public abstract class DefinedWriteCases(DefinedTables tables) : IAsyncLifetime
{
    public Task InitializeAsync() => tables.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task Nobody_writes_a_row_that_the_definition_would_not_show()
    {
        (await tables.Write("POST", "OpenTasks", """{"Id":9,"Name":"x","State":"done"}""")).IsRefused(403, ("Forbidden", null));
        (await tables.Write("PATCH", "OpenTasks(1)", """{"State":"done"}""")).IsRefused(403, ("Forbidden", null));
        (await tables.Write("PATCH", "OpenTasks", """{"value":[{"Id":1,"Name":"y"},{"Id":9,"Name":"x","State":"done"}]}""")).IsRefused(403, ("Forbidden", "value[1]"));
        (await tables.Write("POST", "OpenTasks", """{"Id":9,"Name":"x","State":"open"}""")).Is(201);

        await tables.Shows("Tasks?$select=Id,State", """[{"Id":1,"State":"open"},{"Id":2,"State":"done"},{"Id":9,"State":"open"}]""");
    }

    [DatabaseFact]
    public async Task Nobody_changes_a_row_that_the_definition_does_not_show()
    {
        (await tables.Write("DELETE", "OpenTasks(2)")).IsRefused(404, ("EntityNotFound", null));
        (await tables.Write("PATCH", "OpenTasks/$each?$filter=true", """{"Name":"x"}""")).Is(204);
        (await tables.Write("DELETE", "OpenTasks?$filter=Id lt 100")).Is(204);
        // It is there, so it cannot be made; that is all that is told.
        (await tables.Write("PUT", "OpenTasks(2)", """{"Name":"x","State":"open"}""")).Is(409);

        await tables.Shows("Tasks?$select=Id,Name", """[{"Id":2,"Name":"b"}]""");
    }

    [DatabaseFact]
    public async Task Changes_without_a_condition_are_refused_where_the_definition_wants_one()
    {
        (await tables.Write("PATCH", "CarefulTasks(1)", """{"Name":"x"}""")).IsRefused(428, ("PreconditionRequired", "If-Match"));
        (await tables.Write("DELETE", "CarefulTasks(1)")).IsRefused(428, ("PreconditionRequired", "If-Match"));
        (await tables.Write("PUT", "CarefulTasks(1)/Name", """{"value":"x"}""")).IsRefused(428, ("PreconditionRequired", "If-Match"));
        (await tables.Write("POST", "CarefulTasks", """{"Id":9,"Name":"x","State":"open"}""")).Is(201);
        (await tables.Write("PATCH", "CarefulTasks(1)", """{"Name":"x"}""", ("If-Match", "*"))).Is(204);
        (await tables.Write("PATCH", "CarefulTasks", """{"value":[{"Id":1,"Name":"y"}]}""")).IsRefused(428, ("PreconditionRequired", "value[0]"));

        await tables.AnswersText("CarefulTasks(1)/Name/$value", "x");
    }
}

/// <summary>Tasks, of which one set shows the open ones only, and another wants ETags.</summary>
public abstract class DefinedTables(TestDatabase database) : WritableRows(database, Tables, Definitions)
{
    private static readonly TableSchema Work = new(
        new(null, "task"),
        [new("id", new(ValueKind.Int32, ""), false), new("name", new(ValueKind.String, "", 20), false), new("state", new(ValueKind.String, "", 10), false)], ["id"], [], []);

    private static readonly IReadOnlyList<(TableSchema Table, string[] Columns, object?[][] Rows)> Tables = [(Work, ["id", "name", "state"], [[1, "a", "open"], [2, "b", "done"]])];

    private const string Definitions =
        """
        [
          { "alias": "tasks", "table": "task" },
          { "alias": "open-tasks", "table": "task", "filter": "State eq 'open'", "allow": { "create": true, "update": true, "delete": true } },
          { "alias": "careful-tasks", "table": "task", "requireETag": true, "allow": { "create": true, "update": true, "delete": true } }
        ]
        """;
}

public sealed class SqliteDefinedTables() : DefinedTables(new SqliteTestDatabase());

public sealed class PostgreSqlDefinedTables() : DefinedTables(new PostgreSqlTestDatabase());

public sealed class SqlServerDefinedTables() : DefinedTables(new SqlServerTestDatabase());

public sealed class DefinedWriteOnSqlite(SqliteDefinedTables tables) : DefinedWriteCases(tables), IClassFixture<SqliteDefinedTables>;

[Needs("PostgreSql")]
public sealed class DefinedWriteOnPostgreSql(PostgreSqlDefinedTables tables) : DefinedWriteCases(tables), IClassFixture<PostgreSqlDefinedTables>;

[Needs("SqlServer")]
public sealed class DefinedWriteOnSqlServer(SqlServerDefinedTables tables) : DefinedWriteCases(tables), IClassFixture<SqlServerDefinedTables>;
