using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Stream;

/// <summary>Errors as the Data Exchange dialect tells them: a list, each with its published code and, before the message, its place in the body.</summary>
internal static class DataExchangeErrors
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ServiceError> errors)
    {
        json.WriteStartArray();
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("message", IsPath(error.Target) ? $"{error.Target}: {error.Message}" : error.Message);
            json.WriteNumber("status", error.Row.Status);
            json.WriteString("code", error.Row.DataExchange);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A place in a body, such as <c>orders[1].items[0].quantity</c>; other targets are options and headers, which messages name themselves.</summary>
    private static bool IsPath(string? target) => target is not null && !target.StartsWith("filter[", StringComparison.Ordinal) && !target.StartsWith("page[", StringComparison.Ordinal)
        && (target.Contains('[', StringComparison.Ordinal) || target.Contains('.', StringComparison.Ordinal));
}
