using System.Text.Json.Nodes;
using BackendApi.Access;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Concurrency;

/// <summary>Which entities have ETags, where responses tell them, and what changes them (Protocol 4.01, 8.3.1 and 11.4.1.1).</summary>
public abstract class EntityTagCases<TDatabase>(TaggedTables<TDatabase> tables)
    where TDatabase : TestDatabase, new()
{
    protected TaggedTables<TDatabase> Tables { get; } = tables;

    [DatabaseFact]
    public async Task Every_entity_of_a_set_that_is_updated_has_one()
    {
        var tags = (await Tables.Json("Notes"))["value"]!.AsArray().Select(Tags.Of).ToList();

        tags.Should().HaveCount(7).And.OnlyContain(tag => tag!.Length > 5 && tag.StartsWith("W/\"", StringComparison.Ordinal) && tag.EndsWith('"'));
    }

    [DatabaseFact]
    public async Task Without_updates_and_deletes_there_is_none()
    {
        (await Tables.Tag("StillNotes(1)")).Should().BeNull();
        (await Tables.Get("StillNotes(1)")).Tag.Should().BeNull();
    }

    [DatabaseTheory]
    [InlineData("Notes(1)")]
    [InlineData("Folders(1)")]
    [InlineData("SeenNotes(1)")]
    [InlineData("Counted(1)")]
    public async Task The_header_of_one_entity_tells_it_too(string request)
    {
        var (_, tag, body) = await Tables.Get(request);

        tag!.ToString().Should().Be(Tags.Of(JsonNode.Parse(body)));
    }

    [DatabaseTheory]
    [InlineData("once more", "Notes?$filter=Id eq 2")]
    [InlineData("with a selection", "Notes?$filter=Id eq 2&$select=Title")]
    [InlineData("with a selection of a name made up", "Notes?$filter=Id eq 2&$compute=Id add 1 as Next&$select=Next")]
    [InlineData("in another order", "Notes?$filter=Id eq 2&$orderby=Price,Title desc&$top=1")]
    [InlineData("by its type", "Notes/BackendApi.List?$filter=Id eq 2&$select=Pages")]
    [InlineData("out of a nested statement", "Notes?$apply=filter(Id le 2)/orderby(Id desc)/top(1)")]
    [InlineData("out of a union", "Notes?$apply=concat(filter(Id eq 2),filter(Id eq 99))")]
    [InlineData("through a navigation", "Folders(1)/Notes?$filter=Id eq 2")]
    [InlineData("with what it refers to", "Notes?$filter=Id eq 2&$expand=Folder")]
    public async Task The_same_entity_has_the_same_one(string how, string request) =>
        Tags.Of((await Tables.Json(request))["value"]!.AsArray().Single()).Should().Be(await Tables.Tag("Notes(2)"), how);

    [DatabaseFact]
    public async Task A_selection_shows_no_more_than_it_names() =>
        (await Tables.Json("Notes(2)?$select=Title")).AsObject().Select(member => member.Key).Should()
            .Equal("@odata.context", "@odata.type", "@odata.etag", "Title");

    [DatabaseFact]
    public async Task Expanded_entities_have_theirs()
    {
        var note = await Tables.Json("Notes(1)?$expand=Folder($select=Name;$expand=Notes($select=Title))");
        var folder = note["Folder"]!;

        Tags.Of(folder).Should().Be(await Tables.Tag("Folders(1)")).And.NotBeNull();
        Tags.Of(folder["Notes"]![0]).Should().Be(Tags.Of(note)).And.NotBeNull();
        Tags.Of(folder["Notes"]![1]).Should().Be(await Tables.Tag("Notes(2)"));
    }

    [DatabaseTheory]
    [InlineData("another text", "Notes(10)", "UPDATE note SET title = 'y' WHERE id = 10")]
    [InlineData("an empty text in place of none", "Notes(10)", "UPDATE note SET kind = '' WHERE id = 10")]
    [InlineData("none in place of an empty text", "Notes(10)", "UPDATE note SET kind = NULL WHERE id = 10")]
    [InlineData("another type", "Notes(10)", "UPDATE note SET kind = 'list' WHERE id = 10")]
    [InlineData("what only a derived type has", "Notes(13)", "UPDATE note SET pages = 2 WHERE id = 13")]
    [InlineData("a text moved to the next column", "Notes(12)", "UPDATE note SET kind = 'x', title = '' WHERE id = 12")]
    [InlineData("a row of a view", "SeenNotes(11)", "UPDATE note SET pages = NULL WHERE id = 11")]
    [InlineData("the column that the definition names", "Counted(3)", "UPDATE counted SET version = 2 WHERE id = 3")]
    public async Task A_change_from_outside_changes_it(string what, string request, string change)
    {
        var before = await Tables.Tag(request);
        await Tables.Database.RunAsync(change);

        (await Tables.Tag(request)).Should().NotBe(before, what);
    }

    [DatabaseFact]
    public async Task A_column_that_the_definition_names_alone_decides()
    {
        var before = await Tables.Tag("Counted(1)");
        await Tables.Database.RunAsync("UPDATE counted SET title = 'other' WHERE id = 1");

        (await Tables.Tag("Counted(1)")).Should().Be(before);
        (await Tables.Json("Counted(1)")).AsObject().Should().NotContainKey("Version");
    }

    [DatabaseFact]
    public async Task No_value_in_that_column_makes_a_tag_as_well()
    {
        var before = await Tables.Tag("Counted(2)");
        await Tables.Database.RunAsync("UPDATE counted SET version = 0 WHERE id = 2");

        before.Should().NotBeNull();
        (await Tables.Tag("Counted(2)")).Should().NotBe(before);
    }

    [DatabaseFact]
    public async Task Every_node_gives_the_same()
    {
        await using var other = await BackendApiHost.StartAsync(Tables.Database);
        other.Services.GetRequiredService<ETagKey>().Should().NotBeSameAs(Tables.Host.Services.GetRequiredService<ETagKey>());

        var asked = JsonNode.Parse(await other.Client.GetStringAsync("odata/Notes?$filter=Id le 3"));
        asked!["value"]!.AsArray().Select(Tags.Of).Should().Equal((await Tables.Json("Notes?$filter=Id le 3"))["value"]!.AsArray().Select(Tags.Of));
    }
}

public sealed class EntityTagsOnSqlite(TaggedTables<SqliteTestDatabase> tables) : EntityTagCases<SqliteTestDatabase>(tables), IClassFixture<TaggedTables<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class EntityTagsOnPostgreSql(TaggedTables<PostgreSqlTestDatabase> tables)
    : EntityTagCases<PostgreSqlTestDatabase>(tables), IClassFixture<TaggedTables<PostgreSqlTestDatabase>>
{
    [DatabaseFact]
    public async Task The_row_version_of_a_plain_table_counts_changes_that_change_nothing()
    {
        var before = await Tables.Tag("Folders(1)");
        await Tables.Database.RunAsync("UPDATE folder SET name = name WHERE id = 1");

        (await Tables.Tag("Folders(1)")).Should().NotBe(before);
    }

    /// <summary>What a write relies on: the row that it has waited for is read as it was left, its version too.</summary>
    [DatabaseFact]
    public async Task A_row_that_is_locked_after_another_has_changed_it_tells_the_version_of_that_change()
    {
        await using var first = await Tables.Database.Database.OpenAsync(default);
        await using var second = await Tables.Database.Database.OpenAsync(default);
        await first.BeginAsync(default);
        await first.ExecuteAsync(new("UPDATE folder SET name = 'locked' WHERE id = 2", []), default);
        await second.BeginAsync(default);
        var waiting = Task.Run(() => Version(second, " FOR UPDATE"));
        while (await Waiting(first) == 0)
            await Task.Yield();
        await first.CommitAsync(default);

        (await waiting).Should().Be(await Version(first, ""));

        static async Task<string> Version(Session session, string locked)
        {
            await using var row = await session.ReadAsync(new("SELECT xmin::text, name FROM folder WHERE id = 2" + locked, []), default);
            (await row.ReadAsync()).Should().BeTrue();
            row.GetString(1).Should().Be("locked");
            return row.GetString(0);
        }

        static async Task<long> Waiting(Session session)
        {
            await using var row = await session.ReadAsync(new("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid' AND transactionid = pg_current_xact_id()::xid", []), default);
            await row.ReadAsync();
            return row.GetInt64(0);
        }
    }
}

[Needs("SqlServer")]
public sealed class EntityTagsOnSqlServer(TaggedTables<SqlServerTestDatabase> tables)
    : EntityTagCases<SqlServerTestDatabase>(tables), IClassFixture<TaggedTables<SqlServerTestDatabase>>;
