using System.Text.Json.Nodes;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Rights;

/// <summary>A caller with an API key and roles of its own.</summary>
internal sealed class RestrictedCaller
{
    private static int _number;

    private readonly WritableRows _tables;
    private readonly string _key;

    private RestrictedCaller(WritableRows tables, string key) => (_tables, _key) = (tables, key);

    /// <param name="grants">A role for each list of grants.</param>
    public static async Task<RestrictedCaller> OfAsync(WritableRows tables, params IReadOnlyList<(string Set, SetGrant Grant)>[] grants)
    {
        var number = Interlocked.Increment(ref _number);
        await using var session = await tables.Services.GetRequiredService<Database>().OpenAsync(default);
        var roles = tables.Services.GetRequiredService<RoleStore>();
        var names = new List<string>();
        foreach (var role in grants)
        {
            var name = $"role-{number}-{names.Count}";
            names.Add(name);
            await roles.CreateAsync(session, name, null, hasAllRights: false, default);
            foreach (var (set, grant) in role)
                await roles.GrantAsync(session, name, set, grant, default);
        }
        var key = await tables.Services.GetRequiredService<ApiKeyStore>().CreateAsync(session, new($"key-{number}") { Roles = names }, Caller.System, default);
        return new(tables, key);
    }

    /// <summary>The header that says who it is.</summary>
    public (string Name, string Value) Credential => ("X-Api-Key", _key);

    public Task<Answer> Get(string request, params (string Name, string Value)[] headers) => Write("GET", request, null, headers);

    public Task<Answer> Write(string method, string request, string? body = null, params (string Name, string Value)[] headers) =>
        _tables.Write(method, request, body, [.. headers, Credential]);

    /// <summary>What a GET shows, without control information.</summary>
    public async Task Shows(string request, string json)
    {
        var answer = await Get(request, ("Accept", "application/json;odata.metadata=none"));
        answer.Status.Should().Be(200, answer.Body);
        var shown = JsonNode.Parse(answer.Body)!;
        Answer.Ordered(shown is JsonObject page && page["value"] is { } value ? value : shown).Should().Be(Answer.Ordered(JsonNode.Parse(json)!), request);
    }

    public static (string Set, SetGrant Grant) May(string set, Verbs verbs, string? filter = null, string? read = null, string? write = null) =>
        (set, new(verbs, Mask(read), Mask(write), filter));

    private static ColumnMask Mask(string? properties) => properties is null ? ColumnMask.All : ColumnMask.Of(properties.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
