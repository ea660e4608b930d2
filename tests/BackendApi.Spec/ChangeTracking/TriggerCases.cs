using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;
using static BackendApi.Spec.ChangeTracking.TrackedTables;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>What programs write that know nothing of the product, logged by the triggers that it prints.</summary>
public abstract class TriggerCases(TrackedService service)
{
    public static readonly TheoryData<ValueKind> Kinds = ChangeTrackingCases.Kinds;

    [DatabaseTheory, MemberData(nameof(Kinds))]
    public async Task A_key_of_any_kind(ValueKind kind)
    {
        var (table, values, set) = (OfKind(kind), Keys.Single(key => key.Kind == kind).Values, $"Of{kind}");
        await Install(set);
        var link = await service.Track(set);
        await using (var session = await service.Database.Database.OpenAsync(default))
            foreach (var statement in service.Dialect.Insert(table, ["key", "note"], values.Select(value => (IReadOnlyList<object?>)[value, 1])))
                await session.ExecuteAsync(statement, default);

        var (found, next) = await service.Follow(link);
        found.Split(", ").Should().HaveCount(values.Length).And.OnlyContain(row => row.EndsWith(" 1"));
        await Run($"UPDATE {table} SET note = 2");
        (found, next) = await service.Follow(next);
        found.Split(", ").Should().HaveCount(values.Length).And.OnlyContain(row => row.EndsWith(" 2"));
        await Run($"DELETE FROM {table}");
        (await service.Follow(next)).Found.Split(", ").Should().HaveCount(values.Length).And.OnlyContain(row => row.StartsWith($"-{set}(") && row.EndsWith(") deleted"));
    }

    [DatabaseFact]
    public async Task A_key_that_changes_is_told_by_both()
    {
        await Install("Lines");
        await Run($"INSERT INTO {Line} VALUES (7, 'a', 'x'), (7, 'b', 'y'), (8, 'a', 'z')");
        var link = await service.Track("Lines");
        await Run($"UPDATE {Line} SET ticket = 9 WHERE ticket = 7");
        await Run($"UPDATE {Line} SET text = 'none' WHERE ticket = 77");

        (await service.Follow(link)).Found.Should().Be("-Lines(Ticket=7,At=%27a%27) deleted, -Lines(Ticket=7,At=%27b%27) deleted, 9 a x, 9 b y");
        await Run($"DELETE FROM {Line} WHERE ticket >= 7");
    }

    [DatabaseFact]
    public async Task They_can_be_made_again_and_removed()
    {
        await Install("Tickets");
        await Install("Tickets");
        var link = await service.Track("Tickets?$select=Id&$filter=Id ge 400");
        await Run($"INSERT INTO {Ticket} VALUES (400, 'once', 'open', 1)");
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (401, 'logged twice', 'open', 1)", [401]);
        (await service.Follow(link)).Found.Should().Be("400, 401");

        var set = Set("Tickets");
        for (var time = 0; time < 2; time++)
            await service.Database.RunAsync([.. service.Dialect.Capture.DropTriggers(set.Table)]);
        link = await service.Track("Tickets?$select=Id");
        await Run($"DELETE FROM {Ticket} WHERE id >= 400");
        (await service.Follow(link)).Found.Should().BeEmpty();
    }

    protected async Task Install(string name)
    {
        var (set, capture) = (Set(name), service.Dialect.Capture);
        string? schema = null;
        if (capture.CurrentSchema is { } question)
        {
            await using var session = await service.Database.Database.OpenAsync(default);
            await using var row = await session.ReadAsync(new(question, []), default);
            (await row.ReadAsync()).Should().BeTrue();
            schema = row.GetString(0);
        }
        await service.Database.RunAsync([.. capture.CreateTriggers(set.Table, set.LoggedKey!, schema)]);
    }

    protected async Task Run(FormattableString statement)
    {
        await using var session = await service.Database.Database.OpenAsync(default);
        await session.ExecuteAsync(service.Dialect.Compose(statement), default);
    }

    private EntitySetModel Set(string name) => service.Services.GetRequiredService<Models>().Current.EntitySets[name];
}

public sealed class TriggersOnSqlite(SqliteTracked service) : TriggerCases(service), IClassFixture<SqliteTracked>;

[Needs("PostgreSql")]
public sealed class TriggersOnPostgreSql(PostgreSqlTracked service) : TriggerCases(service), IClassFixture<PostgreSqlTracked>
{
    private readonly PostgreSqlTracked _service = service;

    [DatabaseFact]
    public async Task A_table_that_is_truncated()
    {
        await Install("Secrets");
        var link = await _service.Track("Secrets");
        await _service.Database.RunAsync("TRUNCATE secret");
        (await _service.Follow(link)).Found.Should().Be("-Secrets(1) deleted, -Secrets(2) deleted");
    }

    /// <summary>Whoever writes the table needs no right in the log.</summary>
    [DatabaseFact]
    public async Task A_writer_without_rights_in_the_log()
    {
        await Install("Tickets");
        var link = await _service.Track("Tickets?$select=Id");
        var role = $"writer_{Guid.NewGuid():N}";
        await _service.Database.RunAsync(
            $"CREATE ROLE {role}; GRANT INSERT ON ticket TO {role}; SET ROLE {role}; INSERT INTO ticket VALUES (500, 'guest', 'open', 1); RESET ROLE; REVOKE ALL ON ticket FROM {role}; DROP ROLE {role}");
        (await _service.Follow(link)).Found.Should().Be("500");
    }
}

[Needs("SqlServer")]
public sealed class TriggersOnSqlServer(SqlServerTracked service) : TriggerCases(service), IClassFixture<SqlServerTracked>;
