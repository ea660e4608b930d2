using System.Net;

namespace BackendApi.Spec.Concurrency;

/// <summary>GET with If-None-Match and If-Match (Protocol 4.01, 8.2.4 and 8.2.5).</summary>
public abstract class ConditionalReadCases<TDatabase>(TaggedTables<TDatabase> tables)
    where TDatabase : TestDatabase, new()
{
    [DatabaseTheory]
    [InlineData("an entity", "Notes(1)")]
    [InlineData("a selection of it", "Notes(1)?$select=Title")]
    [InlineData("a property", "Notes(1)/Title")]
    [InlineData("the text of a property", "Notes(1)/Title/$value")]
    [InlineData("a property that is null", "Notes(2)/Price")]
    [InlineData("an entity of a view", "SeenNotes(1)")]
    [InlineData("an entity with a column that counts", "Counted(1)")]
    [InlineData("an entity that is reached", "Notes(1)/Folder")]
    public async Task What_the_client_has_is_not_sent_again(string what, string request)
    {
        var (_, tag, _) = await tables.Get(request);

        var again = await tables.Get(request, ("If-None-Match", tag!.ToString()));
        again.Status.Should().Be(HttpStatusCode.NotModified, what);
        again.Tag.Should().Be(tag);
        again.Body.Should().BeEmpty();
    }

    [DatabaseTheory]
    [InlineData("$expand=Folder")]
    [InlineData("$expand=Folder/$ref&$select=Title")]
    [InlineData("$compute=Folder/Name as FolderName")]
    public async Task What_shows_other_rows_is_sent_again(string options)
    {
        var tag = await tables.Tag("Notes(1)");

        (await tables.Get("Notes(1)?" + options, ("If-None-Match", tag))).Status.Should().Be(HttpStatusCode.OK);
        (await tables.Get("Folders(1)?$expand=Notes", ("If-None-Match", await tables.Tag("Folders(1)")))).Status.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseFact]
    public async Task What_has_changed_is_sent()
    {
        var tag = await tables.Tag("Notes(10)");
        await tables.Database.RunAsync("UPDATE note SET title = 'changed' WHERE id = 10");

        var (status, now, body) = await tables.Get("Notes(10)?$select=Id", ("If-None-Match", tag));
        status.Should().Be(HttpStatusCode.OK, body);
        now!.ToString().Should().NotBe(tag);
    }

    [DatabaseFact]
    public async Task What_the_client_wants_as_it_was_is_refused_once_it_has_changed()
    {
        var tag = await tables.Tag("Notes(11)");
        (await tables.Get("Notes(11)", ("If-Match", tag))).Status.Should().Be(HttpStatusCode.OK);
        await tables.Database.RunAsync("UPDATE note SET title = 'changed' WHERE id = 11");

        var (status, none, body) = await tables.Get("Notes(11)", ("If-Match", tag));
        status.Should().Be(HttpStatusCode.PreconditionFailed);
        none.Should().BeNull();
        body.Should().Contain("\"PreconditionFailed\"");
    }

    [DatabaseTheory]
    [InlineData("null")]
    [InlineData("\"")]
    [InlineData("W/")]
    [InlineData(",,")]
    public async Task A_header_that_names_no_tag_asks_nothing(string header) =>
        (await tables.Get("Notes(1)", ("If-None-Match", header))).Status.Should().Be(HttpStatusCode.OK);

    [DatabaseFact]
    public async Task An_entity_that_is_not_there_is_missing_whatever_the_condition()
    {
        (await tables.Get("Notes(99)", ("If-None-Match", "*"))).Status.Should().Be(HttpStatusCode.NotFound);
        (await tables.Get("Notes(99)", ("If-Match", "*"))).Status.Should().Be(HttpStatusCode.NotFound);
    }
}

public sealed class ConditionalReadsOnSqlite(TaggedTables<SqliteTestDatabase> tables)
    : ConditionalReadCases<SqliteTestDatabase>(tables), IClassFixture<TaggedTables<SqliteTestDatabase>>;

[Needs("PostgreSql")]
public sealed class ConditionalReadsOnPostgreSql(TaggedTables<PostgreSqlTestDatabase> tables)
    : ConditionalReadCases<PostgreSqlTestDatabase>(tables), IClassFixture<TaggedTables<PostgreSqlTestDatabase>>;

[Needs("SqlServer")]
public sealed class ConditionalReadsOnSqlServer(TaggedTables<SqlServerTestDatabase> tables)
    : ConditionalReadCases<SqlServerTestDatabase>(tables), IClassFixture<TaggedTables<SqlServerTestDatabase>>;
