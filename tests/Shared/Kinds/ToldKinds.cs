namespace BackendApi.Testing;

/// <summary>The table with a column of every type, with an example of each and every rule that its type can have.</summary>
internal static class ToldKinds
{
    public const string Definitions =
        """
        [
          { "alias": "values", "table": "value", "allow": { "create": true }, "fields": [
            { "column": "id" },
            { "column": "text", "description": "Said & <done>.", "example": "a <b> & \"c\"", "validation": { "pattern": "^[^<&\"']{0,9}\\.$", "enum": ["a", "<&\">", ""], "minLength": 1, "format": "email" } },
            { "column": "flag", "example": "true" },
            { "column": "tiny", "example": "255", "validation": { "min": 1 } },
            { "column": "small", "example": "-7" },
            { "column": "number", "example": "42", "validation": { "min": -0.5, "max": 2147483647 } },
            { "column": "big", "example": "9223372036854775807", "validation": { "min": -9223372036854775807, "max": 9007199254740993 } },
            { "column": "price", "example": "1234567890.1230", "validation": { "min": 0.01, "max": 9999999999.9999 } },
            { "column": "real", "example": "1e300", "validation": { "max": 0.5 } },
            { "column": "short", "example": "0.1" },
            { "column": "day", "example": "2024-02-29" },
            { "column": "time", "example": "08:30:00.5" },
            { "column": "instant", "example": "2024-02-29T12:34:56+01:00" },
            { "column": "wait", "example": "-P1DT12H" },
            { "column": "code", "example": "0A000000-0000-0000-0000-00000000000b" },
            { "column": "bytes", "example": "-_8A" },
            { "column": "state", "type": "enum", "example": "Open", "members": [ { "name": "Open", "value": "O" }, { "name": "Closed", "value": "C" } ] },
            { "column": "marks", "type": "enum", "isFlags": true, "example": "Blue,Red", "members": [ { "name": "Red", "value": "red" }, { "name": "Green", "value": "green" }, { "name": "Blue", "value": "blue" } ] } ],
            "relations": [] } ]
        """;
}
