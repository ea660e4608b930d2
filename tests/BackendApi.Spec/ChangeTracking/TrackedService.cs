using System.Net;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>The service over tables whose changes are tracked, and a writer that logs what it does as the product itself does.</summary>
public abstract class TrackedService(TestDatabase database) : PublishedTables(database, TrackedTables.All, TrackedTables.Definitions)
{
    private EntitySetModel Set(string name) => Services.GetRequiredService<Models>().Current.EntitySets[name];

    public Dialect Dialect => Database.Database.Dialect;

    /// <summary>Writes in one transaction, and logs the keys of a set's rows in it.</summary>
    public async Task Write(string set, FormattableString statement, params object[][] keys)
    {
        await using var session = await Database.Database.OpenAsync(default);
        await session.BeginAsync(default);
        await Write(session, set, statement, keys);
        await session.CommitAsync(default);
    }

    /// <summary>The same within a transaction that is open.</summary>
    public async Task Write(Session session, string set, FormattableString statement, params object[][] keys)
    {
        await session.ExecuteAsync(Dialect.Compose(statement), default);
        foreach (var entry in Dialect.Statements(Set(set), keys))
            await session.ExecuteAsync(entry, default);
    }

    /// <summary>
    /// Reads the whole result with the preference, page by page, and follows the delta link until it tells nothing: transactions that are under way anywhere on
    /// the server make it tell again what it has told.
    /// </summary>
    /// <returns>The delta link, below the service root.</returns>
    public async Task<string> Track(string query, params (string Name, string Value)[] headers)
    {
        var link = await TrackOnce(query, headers);
        for (var (found, next) = await Follow(link); found.Length > 0; (found, next) = await Follow(link))
            link = next;
        return link;
    }

    /// <summary>Nothing has changed since <paramref name="link"/> was given together with <paramref name="told"/>; that may be told again as long as transactions are under way.</summary>
    public async Task EndsWith(string told, string link)
    {
        for (var (found, next) = await Follow(link); found.Length > 0; (found, next) = await Follow(next))
            told.Split(", ").Should().Contain(found.Split(", "));
    }

    private async Task<string> TrackOnce(string query, (string Name, string Value)[] headers)
    {
        var request = query;
        for (var first = true; ; first = false)
        {
            var page = await Json(request, first ? [("Prefer", "track-changes"), .. headers] : headers);
            if (Link(page, "deltaLink") is { } link)
                return link;
            request = Link(page, "nextLink")!;
            request.Should().NotBeNull("a page ends with a link: {0}", page);
        }
    }

    /// <summary>What changed, one piece after the other: a row by its members, <c>-id reason</c> for one that is gone. All pages behind a delta link.</summary>
    /// <returns>The new delta link.</returns>
    public async Task<(string Found, string Link)> Follow(string link, params (string Name, string Value)[] headers)
    {
        var found = new List<string>();
        while (true)
        {
            var page = await Json(link, headers);
            found.AddRange(page["value"]!.AsArray().Select(item => Piece(item!.AsObject())));
            if (Link(page, "deltaLink") is { } next)
                return (string.Join(", ", found.Order(StringComparer.Ordinal)), next);
            link = Link(page, "nextLink")!;
        }
    }

    public async Task<JsonNode> Json(string request, params (string Name, string Value)[] headers)
    {
        var (status, _, body) = await Get(request, headers);
        status.Should().Be(HttpStatusCode.OK, "{0} is answered with {1}", request, body);
        return JsonNode.Parse(body)!;
    }

    public string? Link(JsonNode page, string name) => ((string?)(page["@odata." + name] ?? page["@" + name]))?[Root.Length..];

    private string Piece(JsonObject item)
    {
        if (item["@removed"] is { } removed)
            return $"-{((string)item["@id"]!)[Root.Length..]} {removed["reason"]}";
        if (((string?)item["@odata.context"])?.EndsWith("/$deletedEntity", StringComparison.Ordinal) == true)
            return $"-{((string)item["id"]!)[Root.Length..]} {item["reason"]}";
        return string.Join(' ', item.Where(member => !member.Key.StartsWith('@')).Select(member => member.Value?.ToString() ?? "null"));
    }
}

public sealed class SqliteTracked() : TrackedService(new SqliteTestDatabase());

public sealed class PostgreSqlTracked() : TrackedService(new PostgreSqlTestDatabase());

public sealed class SqlServerTracked() : TrackedService(new SqlServerTestDatabase());
