using BackendApi.Testing;

namespace BackendApi.Spec.Reading;

/// <summary>A collection of complex values: objects in a JSON column. Ada has two contacts, Bert none, Carla one beside what is no object, Dora one without members.</summary>
public abstract class ObjectListCases(ObjectListService service)
{
    public static TheoryData<string, string> Filters => ObjectLists.Filters;

    [DatabaseFact]
    public Task Shown_as_declared() => service.Answers(
        "People",
        """
        {"@odata.context":"{root}$metadata#People","value":[
        {"Id":1,"Contacts":[{"Kind":"mail","Address":"ada@x","Since":"2024-02-29","Rank":2,"IsMain":true},{"Kind":"phone","Address":null,"Since":null,"Rank":1.5,"IsMain":false}]},
        {"Id":2,"Contacts":[]},
        {"Id":3,"Contacts":[{"Kind":"mail","Address":null,"Since":null,"Rank":null,"IsMain":null},null,null]},
        {"Id":4,"Contacts":[{"Kind":null,"Address":null,"Since":null,"Rank":null,"IsMain":null}]}]}
        """);

    [DatabaseTheory, MemberData(nameof(Filters))]
    public Task In_a_filter(string filter, string keys) => service.Keys("People", "$filter=" + filter, keys, filter);

    [DatabaseFact]
    public Task Options_in_a_selection() => service.Answers(
        "People?$filter=Id in (1,3)&$select=Contacts($filter=Kind ne 'fax' and $it/Id gt 0;$orderby=Rank;$top=2;$count=true)",
        """
        {"@odata.context":"{root}$metadata#People(Contacts)","value":[
        {"Contacts@odata.count":2,"Contacts":[{"Kind":"phone","Address":null,"Since":null,"Rank":1.5,"IsMain":false},{"Kind":"mail","Address":"ada@x","Since":"2024-02-29","Rank":2,"IsMain":true}]},
        {"Contacts@odata.count":3,"Contacts":[{"Kind":"mail","Address":null,"Since":null,"Rank":null,"IsMain":null},null]}]}
        """);

    [DatabaseFact]
    public Task As_a_resource() => service.Answers(
        "People(1)/Contacts?$filter=IsMain&$count=true",
        """{"@odata.context":"{root}$metadata#People(1)/Contacts","@odata.count":1,"value":[{"Kind":"mail","Address":"ada@x","Since":"2024-02-29","Rank":2,"IsMain":true}]}""");

    [DatabaseFact]
    public Task Their_number() => service.AnswersText("People(1)/Contacts/$count?$filter=Since lt 2025-01-01", "1");

    [DatabaseFact]
    public Task Without_nulls() => service.Answers(
        "People(4)", """{"@odata.context":"{root}$metadata#People/$entity","Id":4,"Contacts":[{}]}""", ("Prefer", "omit-values=nulls"));

    [DatabaseFact]
    public async Task Their_type()
    {
        var (_, _, body) = await service.Get("$metadata");
        body.Should().Contain("""<ComplexType Name="PeopleContacts"><Property Name="Kind" Type="Edm.String" /><Property Name="Address" Type="Edm.String" /><Property Name="Since" Type="Edm.Date" />""")
            .And.Contain("<Property Name=\"Contacts\" Type=\"Collection(BackendApi.PeopleContacts)\"");
    }

    [DatabaseTheory]
    [InlineData("$filter=Contacts/any(c:c/Nothing eq 1)", 400, "UnknownProperty")]
    [InlineData("$filter=Contacts/any(c:c/Kind eq 1)", 400, "TypeMismatch")]
    [InlineData("$filter=Contacts/any(c:c eq c)", 501, "NotImplemented")]
    [InlineData("$filter=Contacts eq []", 501, "NotImplemented")]
    [InlineData("$filter=hassubset(Contacts,Contacts)", 501, "NotImplemented")]
    [InlineData("$filter=Contacts/$count($search=ada) gt 1", 501, "NotImplemented")]
    [InlineData("$select=Contacts($select=Kind)", 501, "NotImplemented")]
    [InlineData("$select=Contacts/Kind", 501, "NotImplemented")]
    public Task What_is_not_supported(string options, int status, string code) => service.Refuses("People?" + options, status, code);
}

/// <summary>The service over a collection of objects.</summary>
public abstract class ObjectListService(TestDatabase database) : PublishedTables(database, ObjectLists.All, ObjectLists.Definitions);

public sealed class SqliteObjectLists() : ObjectListService(new SqliteTestDatabase());

public sealed class PostgreSqlObjectLists() : ObjectListService(new PostgreSqlTestDatabase());

public sealed class SqlServerObjectLists() : ObjectListService(new SqlServerTestDatabase());

public sealed class ObjectListsOnSqlite(SqliteObjectLists service) : ObjectListCases(service), IClassFixture<SqliteObjectLists>;

[Needs("PostgreSql")]
public sealed class ObjectListsOnPostgreSql(PostgreSqlObjectLists service) : ObjectListCases(service), IClassFixture<PostgreSqlObjectLists>;

[Needs("SqlServer")]
public sealed class ObjectListsOnSqlServer(SqlServerObjectLists service) : ObjectListCases(service), IClassFixture<SqlServerObjectLists>;
