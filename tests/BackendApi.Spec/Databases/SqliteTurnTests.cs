using BackendApi.Testing;

namespace BackendApi.Spec.Databases;

/// <summary>SQLite has one writer at a time. Those that wait for it hold no thread.</summary>
public sealed class SqliteTurnTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_writer_waits_for_the_one_before_it_without_a_thread()
    {
        await using var first = await _database.Database.OpenAsync(default);
        await using var second = await _database.Database.OpenAsync(default);
        await using var third = await _database.Database.OpenAsync(default);
        await first.BeginAsync(default);

        // On this thread: a driver that waits itself would not come back.
        var begun = second.BeginAsync(default).AsTask();
        var executed = third.ExecuteAsync(new("CREATE TABLE t (id integer)", []), default).AsTask();
        (begun.IsCompleted, executed.IsCompleted).Should().Be((false, false));

        await first.CommitAsync(default);
        await begun;
        executed.IsCompleted.Should().BeFalse();
        await second.RollbackAsync();
        await executed;
    }

    [Fact]
    public async Task A_session_that_is_given_back_gives_up_its_turn()
    {
        await using (var first = await _database.Database.OpenAsync(default))
            await first.BeginAsync(default);

        await using var second = await _database.Database.OpenAsync(default);
        await second.BeginAsync(default);
        await second.CommitAsync(default);
    }

    [Fact]
    public async Task A_client_that_goes_waits_no_longer()
    {
        await using var first = await _database.Database.OpenAsync(default);
        await using var second = await _database.Database.OpenAsync(default);
        await first.BeginAsync(default);
        using var leaving = new CancellationTokenSource();
        var begun = second.BeginAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();

        await ((Func<Task>)(() => begun)).Should().ThrowAsync<OperationCanceledException>();
        await first.CommitAsync(default);
        await second.BeginAsync(default);
    }
}
