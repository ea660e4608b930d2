using BackendApi.Resources;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Conformance;

/// <summary>The service over the reference model, with everything writable.</summary>
public abstract class WritableReference(TestDatabase database) : WritableRows(
    database, [.. ReferenceModel.Tables.Select(table => (table.Table, table.Table.Columns.Select(column => column.Name).ToArray(), table.Rows))], ReferenceModel.WritableDefinitions)
{
    protected override void Add(IServiceCollection services) => services.AddModule<ReferenceModule>();

    /// <summary>The same requests in both payloads, each time on the rows as they were at first.</summary>
    public async Task Both(Func<PayloadClient, Task> requests)
    {
        foreach (var version in ReferenceService.Versions)
        {
            await ResetAsync();
            await requests(new(this, version));
        }
    }
}

/// <summary>A client that speaks one version, and spells control information as that version does.</summary>
public sealed class PayloadClient(WritableReference service, PayloadVersion version)
{
    /// <param name="body">With control information as in 4.0.</param>
    public async Task<Answer> Write(string method, string request, string? body = null, params (string Name, string Value)[] headers)
    {
        var answer = await service.Write(
            method, request, body?.Replace("@odata.", version.Prefix, StringComparison.Ordinal), [("OData-Version", version.Number), ("OData-MaxVersion", version.Number), .. headers]);
        if (!headers.Any(header => header.Name == "OData-MaxVersion"))
            answer.Has("OData-Version", version.Number);
        return answer with { Body = answer.Body.Replace($"\"{version.Prefix}", "\"@odata.", StringComparison.Ordinal) };
    }

    public Task Shows(string request, string json) => service.Shows(request, json);

    public Task ShowsNothing(string request) => service.Refuses(request, 404, "EntityNotFound");

    /// <summary>The ETag that a GET tells.</summary>
    public async Task<string> Tag(string request) => (await service.Write("GET", request)).Headers["ETag"];
}

public sealed class SqliteWritableReference() : WritableReference(new SqliteTestDatabase());

public sealed class PostgreSqlWritableReference() : WritableReference(new PostgreSqlTestDatabase());

public sealed class SqlServerWritableReference() : WritableReference(new SqlServerTestDatabase());
