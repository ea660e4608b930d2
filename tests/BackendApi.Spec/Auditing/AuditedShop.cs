using System.Globalization;
using System.Text.Json.Nodes;
using BackendApi.Endpoints.Asynchronous;
using BackendApi.Model.Store;
using BackendApi.Resources;
using BackendApi.Resources.Access;
using BackendApi.Resources.Audit;
using BackendApi.Resources.RunningSettings;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Auditing;

/// <summary>The shop that can be written, with its audit log.</summary>
public abstract class AuditedShop(TestDatabase database) : WritableShop(database)
{
    protected override void Add(IServiceCollection services) => services.AddModule<AccessModule>().AddModule<AuditModule>().AddModule<SettingModule>().AddModule<JobModule>();

    /// <summary>What the log tells of something: a line for each entry.</summary>
    public async Task<string> Told(Func<Task> change)
    {
        var mark = await LastAsync();
        await change();
        return await SinceAsync(mark);
    }

    public async Task<long> LastAsync() =>
        (long?)JsonNode.Parse((await Get("AuditEntries?$orderby=Id desc&$top=1&$select=Id")).Body)!["value"]!.AsArray().FirstOrDefault()?["Id"] ?? 0;

    public async Task<string> SinceAsync(long mark)
    {
        var entries = JsonNode.Parse((await Get($"AuditEntries?$filter=Id gt {mark.ToString(CultureInfo.InvariantCulture)}&$orderby=Id")).Body)!["value"]!.AsArray();
        return string.Join('\n', entries.Select(entry => $"{entry!["Operation"]} {entry["EntitySet"]}({entry["Key"]}) {entry["Rows"]} {entry["Changes"]}"));
    }
}

public sealed class SqliteAuditedShop() : AuditedShop(new SqliteTestDatabase());

public sealed class PostgreSqlAuditedShop() : AuditedShop(new PostgreSqlTestDatabase());

public sealed class SqlServerAuditedShop() : AuditedShop(new SqlServerTestDatabase());
