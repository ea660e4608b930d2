using System.Globalization;
using System.Text.Json.Nodes;
using BackendApi.Spec.Writing;

namespace BackendApi.Spec.Auditing;

/// <summary>The audit log of a service that is written to.</summary>
internal static class AuditLog
{
    /// <summary>What the log tells of something: a line for each entry.</summary>
    public static async Task<string> Told(this WritableRows service, Func<Task> change)
    {
        var mark = await service.LastAsync();
        await change();
        return await service.SinceAsync(mark);
    }

    public static async Task<long> LastAsync(this WritableRows service) =>
        (long?)JsonNode.Parse((await service.Get("AuditEntries?$orderby=Id desc&$top=1&$select=Id")).Body)!["value"]!.AsArray().FirstOrDefault()?["Id"] ?? 0;

    public static async Task<string> SinceAsync(this WritableRows service, long mark)
    {
        var entries = JsonNode.Parse((await service.Get($"AuditEntries?$filter=Id gt {mark.ToString(CultureInfo.InvariantCulture)}&$orderby=Id")).Body)!["value"]!.AsArray();
        return string.Join('\n', entries.Select(entry => $"{entry!["Operation"]} {entry["EntitySet"]}({entry["Key"]}) {entry["Rows"]} {entry["Changes"]}"));
    }
}
