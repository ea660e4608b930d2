using System.Globalization;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Model.OpenApi;

/// <summary>The error table as responses in the shape of each dialect: one for each status that operations name, with the codes that it can carry, and one for all others.</summary>
internal static class ErrorResponses
{
    public static void Write(Utf8JsonWriter json)
    {
        var named = Errors.All.Where(row => ApiOperation.ChangingByETag.Contains(row.Status)).ToList();
        foreach (var rows in named.GroupBy(row => row.Status))
        {
            var status = rows.Key.ToString(CultureInfo.InvariantCulture);
            Response(status, "error", rows.Select(row => $"`{row.Code}`: {row.Meaning}"));
            Response($"dynamic-entity.{status}", "dynamic-entity.errors", rows.Select(row => $"`{row.DataExchange}`: {row.Meaning}"));
        }
        Response("error", "error", Errors.All.Except(named).Select(row => $"{row.Status} `{row.Code}`: {row.Meaning}"));
        Response("dynamic-entity.error", "dynamic-entity.errors", Errors.All.Except(named).Select(row => $"{row.Status} `{row.DataExchange}`: {row.Meaning}"));

        void Response(string name, string schema, IEnumerable<string> meanings)
        {
            using var _ = json.Object(name);
            json.WriteString("description", string.Join("\n\n", meanings));
            using (json.Object("content"))
            using (json.Object("application/json"))
                json.Schema("schema", Components.Schema(schema));
        }
    }

    public static void WriteSchemas(Utf8JsonWriter json)
    {
        using (json.Object("error"))
        {
            json.WriteString("type", "object");
            using (json.Object("properties"))
                json.Schema("error", error => Members(error, "details"));
            json.Texts("required", ["error"]);
        }
        using (json.Object("error-detail"))
            Members(json, details: null);
        using (json.Object("dynamic-entity.errors"))
            Components.ListOf(item =>
            {
                item.WriteString("type", "object");
                using (item.Object("properties"))
                {
                    Text(item, "message");
                    item.Schema("status", number => number.WriteString("type", "integer"));
                    Text(item, "code");
                }
                item.Texts("required", ["message", "status", "code"]);
            })(json);

        static void Members(Utf8JsonWriter json, string? details)
        {
            json.WriteString("type", "object");
            using (json.Object("properties"))
            {
                Text(json, "code");
                Text(json, "message");
                Text(json, "target");
                if (details is not null)
                    json.Schema(details, Components.ListOf(Components.Schema("error-detail")));
            }
            json.Texts("required", ["code", "message"]);
        }

        static void Text(Utf8JsonWriter json, string name) => json.Schema(name, text => text.WriteString("type", "string"));
    }
}
