using System.ComponentModel;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Support;

namespace BackendApi.Resources.Access;

[Description("A secret that was just made. It is shown only now.")]
public sealed record NewSecret(string Name, string Secret);

/// <summary>The rules of the set <c>ApiKeys</c>.</summary>
[Secret]
public sealed class ApiKeyFacade(ApiKeyStore keys, AccessDirectory directory) : Facade
{
    public override async ValueTask CreateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            var scopes = Parse(row.Has("Scopes") ? Texts(row["Scopes"]) : null);
            var key = new NewApiKey((string)row["Name"]!, (DateTimeOffset?)row["ValidTo"])
            {
                Owner = (string?)row["OwnerName"], Scopes = scopes, Addresses = Networks.Parse(Texts(row["Addresses"]), "Addresses"), RequestsPerMinute = (int?)row["RequestsPerMinute"],
            };
            row.ShowOnce(await keys.CreateAsync(step.Session, key, step.Caller, cancellation));
            row.Stored(("OwnerName", key.Owner?.ToLowerInvariant()), ("Addresses", Networks.ToJson(key.Addresses)), ("Scopes", scopes.ToJson()));
        }
    }

    public override ValueTask LinkAsync(LinkStep step, CancellationToken cancellation) => AccessRights.LinkAsync(step, () => keys.CheckOwnersAsync(step.Session, cancellation), cancellation);

    public override async ValueTask UpdateAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            if (row.Has("Scopes") && Scopes.Parse(Texts(row["Scopes"]), out var mistake) is null)
                row.Refuse(mistake!, "Scopes");
            if (row.Has("Addresses"))
                row["Addresses"] = Networks.ToJson(Networks.Parse(Texts(row["Addresses"]), "Addresses"));
            if (row["OwnerName"] is string owner)
                row["OwnerName"] = await keys.FindOwnerAsync(step.Session, owner, cancellation);
        }
        await step.Session.ChangeAsync(step.Dialect, async () =>
        {
            await step.StoreAsync();
            await keys.CheckOwnersAsync(step.Session, cancellation);
        }, cancellation);
    }

    public override async ValueTask DeleteAsync(WriteStep step, CancellationToken cancellation)
    {
        AccessRights.RequireAll(step.Caller);
        foreach (var row in step.Rows)
        {
            await keys.RevokeAsync(step.Session, (string)row.Key![0], cancellation);
            row.Stored();
        }
    }

    [Description("Makes a key and returns it: the only time that it can be seen.")]
    [return: Secret]
    public async Task<NewSecret> CreateApiKeyAsync(
        OperationContext context, string name, [Description("The user for whom it acts. Without one it has the roles.")] string? owner = null, IReadOnlyList<string>? roles = null,
        [Description("The most that it may do, such as Orders:read; everything, when it is left out.")] IReadOnlyList<string>? scopes = null,
        [Description("From where it may be used, such as 10.0.0.0/8.")] IReadOnlyList<string>? addresses = null, int? requestsPerMinute = null, DateTimeOffset? validTo = null)
    {
        AccessRights.RequireAll(context.Caller);
        return new(name, await keys.CreateAsync(context.Session, new(name, validTo)
        {
            Owner = owner, Roles = [.. roles ?? []], Scopes = Parse(scopes), Addresses = Networks.Parse(addresses ?? [], "addresses"), RequestsPerMinute = requestsPerMinute,
        }, context.Caller, context.Cancellation));
    }

    [Description("Gives the key another value and returns it. The value of before stays good for the overlap.")]
    [return: Secret]
    public async Task<NewSecret> RotateAsync(BoundEntity key, OperationContext context, [Description("A day, when it is left out.")] int? overlapMinutes = null)
    {
        AccessRights.RequireAll(context.Caller);
        var name = (string)key.Key[0];
        return new(name, await keys.RotateAsync(context.Session, name, Overlap(overlapMinutes), context.Cancellation));
    }

    [Description("What the key may do with each entity set: nothing, when its owner is locked.")]
    public async Task<IReadOnlyList<EffectivePermission>> EffectivePermissionsAsync(BoundEntity key, OperationContext context)
    {
        var access = await directory.NewerAsync(context.Cancellation);
        return EffectivePermission.Of(access.ApiKeys.Values.FirstOrDefault(known => known.Caller.Name == (string)key.Key[0])?.Caller, access);
    }

    internal static TimeSpan Overlap(int? minutes) => minutes is { } given ? TimeSpan.FromMinutes(given) : TimeSpan.FromDays(1);

    internal static Scopes Parse(IReadOnlyList<string>? scopes) =>
        scopes is null ? Scopes.All : Scopes.Parse(scopes, out var mistake) ?? throw new ServiceException(Errors.InvalidValue, mistake!, "scopes");

    /// <summary>A null among them is an empty text, which is none of what is expected.</summary>
    internal static string[] Texts(object? json) => json is string text ? [.. (JsonSerializer.Deserialize<string?[]>(text) ?? []).Select(item => item ?? "")] : [];
}
