using BackendApi.Model;
using Xunit;

namespace BackendApi.Testing;

/// <summary>
/// Collections of every type of item: row 1 holds two of each, row 2 none, row 3 a null beside what is not of the type, row 4 the same two in the other order,
/// and one of them once more.
/// </summary>
internal static class ListsTable
{
    private static readonly string[] Columns = ["texts", "flags", "numbers", "bigs", "prices", "reals", "shorts", "days", "times", "instants", "waits", "codes"];

    private static readonly (string One, string Two)[] Items =
    [
        ("\"a\"", "\"B,%_[]\""), ("true", "false"), ("3", "-4"), ("5000000000", "1"), ("19.99", "0.5"), ("2.5", "1e300"), ("0.1", "2.5"),
        ("\"2024-02-29\"", "\"1999-12-31\""), ("\"08:30:00\"", "\"23:59:59.5\""), ("\"2024-02-29T12:34:56.5Z\"", "\"2024-02-29T12:00:00+01:00\""),
        ("\"PT36H\"", "\"-P1D\""), ("\"0A000000-0000-0000-0000-00000000000b\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\""),
    ];

    public static readonly TableSchema Table = new(
        new(null, "listing"), [new("id", new(ValueKind.Int32, ""), false), .. Columns.Select(name => new ColumnSchema(name, new(ValueKind.Json, ""), true))], ["id"], [], []);

    private static readonly object?[] First = [1, .. Items.Select(item => $"[{item.One},{item.Two}]")];
    private static readonly object?[] Last = [4, .. Items.Select(item => $"[{item.Two},{item.One},{item.One}]")];

    public static readonly IReadOnlyList<(TableSchema Table, object?[][] Rows)> All =
    [
        (Table,
        [
            First,
            [2, "[]", null, "{}", .. Items.Skip(3).Select(_ => "[]")],
            [3, "[1,null]", "[\"true\",null]", "[1.5,null]", .. Items.Skip(3).Select(_ => "[\"no\",null]")],
            Last,
        ]),
    ];

    /// <summary>The same rows where a column takes nothing but items of its type.</summary>
    public static readonly object?[][] Typed = [First, [2, "[]", null, .. Items.Skip(2).Select(_ => "[]")], [3, .. Items.Select(_ => "[null,null]")], Last];

    /// <summary>The types of PostgreSQL for such columns.</summary>
    public static readonly IReadOnlyList<string> ArrayTypes =
        ["text[]", "boolean[]", "integer[]", "bigint[]", "numeric(10,2)[]", "double precision[]", "real[]", "date[]", "time[]", "timestamptz[]", "text[]", "uuid[]"];

    public const string Definitions =
        """
        [ { "alias": "listings", "table": "listing", "fields": [ { "column": "id" },
            { "column": "texts", "type": "collection(string)" }, { "column": "flags", "type": "collection(boolean)" }, { "column": "numbers", "type": "collection(int32)" },
            { "column": "bigs", "type": "collection(int64)" }, { "column": "prices", "type": "collection(decimal)" }, { "column": "reals", "type": "collection(double)" },
            { "column": "shorts", "type": "collection(single)" }, { "column": "days", "type": "collection(date)" }, { "column": "times", "type": "collection(timeOfDay)" },
            { "column": "instants", "type": "collection(dateTimeOffset)" }, { "column": "waits", "type": "collection(duration)" }, { "column": "codes", "type": "collection(guid)" } ] } ]
        """;

    /// <summary>A filter, and the keys of what it keeps.</summary>
    public static readonly TheoryData<string, string> Filters = new()
    {
        { "Texts/any(t:t eq 'B,%25_[]')", "1 4" },
        { "Flags/any(f:f) and Flags/any(f:not f)", "1 4" },
        { "Flags/all(f:f ne null)", "1 2 4" },
        { "Numbers/any(n:n add 1 eq 4)", "1 4" },
        { "Numbers/any(n:n gt 0)", "1 4" },
        { "Numbers/any(n:n eq null)", "3" },
        { "Bigs/any(n:n gt 4999999999)", "1 4" },
        { "Prices/any(p:p eq 19.99) and Prices/any(p:p lt 1)", "1 4" },
        { "Reals/any(r:r gt 1e299)", "1 4" },
        { "Shorts/any(s:s eq 0.1)", "1 4" },
        { "Days/any(d:d gt 2020-01-01)", "1 4" },
        { "Days/any(d:year(d) eq 1999 and d lt now())", "1 4" },
        { "Days/any(d:d eq null)", "3" },
        { "Days/all(d:d ne null)", "1 2 4" },
        { "2024-02-29 in Days", "1 4" },
        { "not (2024-02-29 in Days)", "2 3" },
        { "null in Days", "3" },
        { "Days/$count($filter=$it le 1999-12-31) eq 1", "1 4" },
        { "Times/any(t:t eq 08:30) and Times/any(t:fractionalseconds(t) eq 0.5)", "1 4" },
        { "Instants/any(i:i eq 2024-02-29T11:00:00Z) and Instants/any(i:i ge 2024-02-29T12:34:56.5Z)", "1 4" },
        { "Instants/any(i:date(i) eq 2024-02-29 and hour(i) eq 11)", "1 4" },
        { "Waits/any(w:w eq 'P1DT12H') and Waits/any(w:w lt 'PT0S')", "1 4" },
        { "Waits/any(w:totalseconds(w) eq 129600)", "1 4" },
        { "Codes/any(c:c eq 0a000000-0000-0000-0000-00000000000B)", "1 4" },
        { "Codes/any(c:c eq null)", "3" },
        { "Days eq [\"2024-02-29\",\"1999-12-31\"]", "1" },
        { "Instants eq [\"2024-02-29T12:34:56.5Z\",\"2024-02-29T11:00:00Z\"]", "1" },
        { "Codes eq [\"0A000000-0000-0000-0000-00000000000B\",\"FFFFFFFF-ffff-ffff-ffff-ffffffffffff\"]", "1" },
        { "Numbers eq [3,-4]", "1" },
        { "Numbers eq [3.5,-4]", "" },
        { "Numbers eq [null,null]", "3" },
        { "Numbers eq [1.5,null]", "" },
        { "Prices eq [19.990,0.5]", "1" },
        { "Shorts eq [0.1,2.5]", "1" },
        { "Flags eq [true,false]", "1" },
        { "Days eq [null,null]", "3" },
        { "Days ne Days or Days eq [\"1999-12-31\",\"2024-02-29\",\"2024-02-29\"]", "4" },
        { "hassubset(Days,[2024-02-29,2024-02-29])", "4" },
        { "hassubset(Waits,['PT36H'])", "1 4" },
        { "hassubsequence(Days,[2024-02-29,1999-12-31])", "1" },
        { "hassubsequence(Days,[1999-12-31,2024-02-29,2024-02-29])", "4" },
        { "hassubsequence(Instants,[2024-02-29T11:00:00Z,2024-02-29T12:34:56.5Z])", "4" },
        { "hassubsequence(Texts,['B,%25_[]','a'])", "4" },
        { "hassubsequence(Texts,['B,%25_[]']) and not hassubsequence(Texts,['B'])", "1 4" },
        { "hassubsequence(Numbers,Numbers) and hassubsequence(Prices,[19.99,0.5])", "1" },
    };
}
