using BackendApi.Sql;
using BackendApi.Support;
using Microsoft.Extensions.Configuration;

namespace BackendApi.Resources.RunningSettings;

/// <summary>
/// The settings in force: what the service was started with, and over it what was changed since, which is a row in the database for each. Every node reads these rows each second.
/// </summary>
public sealed class SettingStore(Database database, Settings running, CurrentLimits limits, IConfiguration configuration)
{
    private IReadOnlyDictionary<string, string> _followed = new Dictionary<string, string>();

    public IConfiguration Configuration => configuration;

    /// <summary>What is in force on this node, whether it was changed or not.</summary>
    public Settings Running => running;

    /// <summary>What was changed, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(Session session, CancellationToken cancellation)
    {
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var rows = await session.ReadAsync(database.Dialect.Select(SettingTables.Changed, ["name", "value"], []), cancellation);
        while (await rows.ReadAsync(cancellation))
            changed.Add(database.Dialect.Values.String(rows, 0), database.Dialect.Values.String(rows, 1));
        return changed;
    }

    /// <param name="value">Null for what the service was started with.</param>
    public async Task WriteAsync(Session session, Setting setting, string? value, CancellationToken cancellation)
    {
        await session.ExecuteAsync(database.Dialect.Delete(SettingTables.Changed, [("name", setting.Key)]), cancellation);
        if (value is null)
            return;
        foreach (var statement in database.Dialect.Insert(SettingTables.Changed, ["name", "value"], [[setting.Key, value]]))
            await session.ExecuteAsync(statement, cancellation);
    }

    /// <summary>Puts into force what is stored.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var changed = await ReadAsync(session, cancellation);
        if (changed.Count == _followed.Count && changed.All(each => _followed.TryGetValue(each.Key, out var known) && known == each.Value))
            return;
        ChangeableSettings.Take(running, limits, Settings.Read(Over(changed)));
        _followed = changed;
    }

    /// <summary>What was stored by a release that took other values is as if it were not there.</summary>
    private IConfiguration Over(IReadOnlyDictionary<string, string> changed) => new ConfigurationBuilder().AddConfiguration(configuration)
        .AddInMemoryCollection(Settings.All.Where(ChangeableSettings.Has)
            .Where(setting => changed.TryGetValue(setting.Key, out var value) && setting.MistakeIn(value) is null)
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)changed[setting.Key])))
        .Build();
}
