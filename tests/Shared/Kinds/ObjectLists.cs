using BackendApi.Model;
using Xunit;

namespace BackendApi.Testing;

/// <summary>Objects in a JSON column, and what is no object among them.</summary>
internal static class ObjectLists
{
    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> All =
    [
        (new(new(null, "person"), [new("id", new(ValueKind.Int32, ""), false), new("contacts", new(ValueKind.Json, ""), true)], ["id"], [], []),
        [
            [1, """[{"Kind":"mail","Address":"ada@x","Since":"2024-02-29","Rank":2,"IsMain":true,"Secret":1},{"Kind":"phone","Rank":1.5,"IsMain":false}]"""],
            [2, null],
            [3, """[{"Kind":"mail","Address":5,"Since":"soon","Rank":"high","IsMain":"yes"},"mail",null]"""],
            [4, "[{}]"],
        ]),
    ];

    public const string Definitions =
        """
        [ { "alias": "people", "table": "person", "fields": [ { "column": "id" }, { "column": "contacts", "type": "collection(json)", "items": [
            { "name": "Kind", "type": "string" }, { "name": "Address", "type": "string" }, { "name": "Since", "type": "date" }, { "name": "Rank", "type": "decimal" },
            { "name": "IsMain", "type": "boolean" } ] } ] } ]
        """;

    /// <summary>A filter, and the keys of what it keeps.</summary>
    public static readonly TheoryData<string, string> Filters = new()
    {
        { "Contacts/any(c:c/Kind eq 'mail')", "1 3" },
        { "Contacts/any(c:c/Kind eq 'mail' and c/Address eq 'ada@x')", "1" },
        { "Contacts/all(c:c/Kind ne null)", "1 2" },
        { "Contacts/any(c:c eq null)", "3" },
        { "Contacts/any(c:c ne null and c/Kind eq null)", "4" },
        { "Contacts/any(c:c/Since gt 2024-01-01 and year(c/Since) eq 2024)", "1" },
        { "Contacts/any(c:c/Rank mul 2 eq 3)", "1" },
        { "Contacts/any(c:c/IsMain and $it/Id eq 1)", "1" },
        { "Contacts/any(c:not c/IsMain)", "1" },
        { "Contacts/any(c:startswith(tolower(c/Kind),'ph') and c/Rank in (1.5,9))", "1" },
        { "Contacts/$count eq 3", "3" },
        { "Contacts/$count($filter=Kind eq 'mail' and $it/Id gt 1) eq 1", "3" },
        { "Contacts/any(c:c eq {\"Kind\":\"phone\",\"Rank\":1.5,\"IsMain\":false})", "1" },
        { "Contacts/any(c:c eq {})", "4" },
        { "{\"Kind\":\"mail\"} in Contacts", "3" },
        { "Contacts/any()", "1 3 4" },
        { "Contacts eq null", "" },
    };
}
