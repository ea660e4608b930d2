using System.Collections.Concurrent;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.Support;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BackendApi.Spec.Publishing;

/// <summary>A node whose database goes away follows again when it is back.</summary>
public abstract class ChangeFeedCases<TDatabase>(TDatabase database) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    [DatabaseFact]
    public async Task An_outage_is_told_once_and_what_was_published_meanwhile_is_followed()
    {
        await using var publishing = await BackendApiHost.StartAsync(database);
        var table = await database.CreateTableAsync("outage");
        using var observations = new Observations(NullLoggerFactory.Instance);
        var told = new ConcurrentQueue<object>();
        using var listening = observations.Listen(told.Enqueue);
        using var patience = new CancellationTokenSource(Publishing.Patience);
        await using var interrupted = new InterruptedDatabase(database.Database);
        using var models = new Models();
        var publisher = new Publisher(interrupted, new DefinitionStore(interrupted.Dialect, TimeProvider.System), models, new ODataSettings(), publishing.Services.GetRequiredService<ETagKey>(), observations);
        await publisher.LoadAsync(patience.Token);
        using var feed = new ChangeFeed(publisher, models, interrupted, TimeProvider.System, observations);

        await feed.StartAsync(patience.Token);
        var refusals = interrupted.RefusalsAsync(3, patience.Token);
        interrupted.IsAway = true;
        using var published = await publishing.PublishAsync($$"""{ "alias": "outages", "table": "{{table}}" }""");
        await refusals;
        models.Current.ByAlias.Should().NotContainKey("outages");
        var recovered = observations.NextAsync<DatabaseRecovered>(cancellation: patience.Token);
        interrupted.IsAway = false;
        await recovered;
        await models.ObserveAsync(model => model.ByAlias.ContainsKey("outages"), patience.Token);
        await feed.StopAsync(patience.Token);

        told.OfType<DatabaseLost>().Should().ContainSingle();
        told.OfType<DatabaseRecovered>().Should().ContainSingle();
    }

    /// <summary>A database that can be made not to answer.</summary>
    private sealed class InterruptedDatabase(Database inner) : Database
    {
        private readonly SemaphoreSlim _refused = new(0);

        public volatile bool IsAway;

        public override Dialect Dialect => inner.Dialect;

        public override ValueTask<Session> OpenAsync(CancellationToken cancellation)
        {
            if (!IsAway)
                return inner.OpenAsync(cancellation);
            _refused.Release();
            // Every dialect takes it for a database that does not answer in time.
            throw new TimeoutException("away");
        }

        public async Task RefusalsAsync(int count, CancellationToken cancellation)
        {
            for (var number = 0; number < count; number++)
                await _refused.WaitAsync(cancellation);
        }

        public override ValueTask DisposeAsync()
        {
            _refused.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

public sealed class ChangeFeedOnSqlite(SqliteTestDatabase database) : ChangeFeedCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class ChangeFeedOnPostgreSql(PostgreSqlTestDatabase database) : ChangeFeedCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class ChangeFeedOnSqlServer(SqlServerTestDatabase database) : ChangeFeedCases<SqlServerTestDatabase>(database);
