using System.Data;
using System.Data.Common;
using BackendApi.Access;
using BackendApi.Access.Keys;
using BackendApi.Access.Rights;
using BackendApi.Access.Tokens;
using BackendApi.Access.Users;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Sql;
using BackendApi.SqlServer;
using BackendApi.Support;
using BackendApi.Tests.Access;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Sql;

/// <summary>What the stores of users, roles, keys, clients, sign-ins and definitions say to SQL Server is T-SQL to Microsoft's own parser.</summary>
public sealed class AccessStatementTests
{
    private static readonly SqlServerDialect Dialect = SqlServerDialect.Instance;

    [Fact]
    public void Upgrades()
    {
        foreach (var change in AccessTables.Area.Versions.Concat(StoreTables.Area.Versions).SelectMany(version => version))
            switch (change)
            {
                case TableChange.Create create: TransactSqlTests.ShouldParse(Dialect.Ddl.CreateTable(create.Table)); break;
                case TableChange.AddColumn add: TransactSqlTests.ShouldParse(Dialect.Ddl.AddColumn(add.Table, add.Column)); break;
                case TableChange.Index index: TransactSqlTests.ShouldParse(Dialect.Ddl.CreateIndex(index.Name, index.Table, index.Columns)); break;
                case TableChange.Statement statement: TransactSqlTests.ShouldParse(statement.Text(Dialect)); break;
                case TableChange.Insert insert:
                    foreach (var statement in Dialect.Insert(insert.Table, insert.Columns, insert.Rows))
                        TransactSqlTests.ShouldParse(statement.Text);
                    break;
                default: throw new InvalidOperationException($"{change} is not looked at.");
            }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Statements_of_the_stores(bool isFound)
    {
        var clock = new ManualClock();
        var settings = new AccessSettings();
        var users = new UserStore(Dialect, new UserPasswordHasher(), new(settings), TestPepper.Value, settings, clock);
        var addresses = new FamiliarAddresses(Dialect, TestPepper.Value, clock);
        var (roles, keys, clients, grants) = (new RoleStore(Dialect, clock), new ApiKeyStore(Dialect, TestPepper.Value, clock), new ClientStore(Dialect, TestPepper.Value, clock), new GrantStore(Dialect, clock));
        var definitions = new DefinitionStore(Dialect, clock);
        var definition = new EndpointDefinition { Alias = "a", Table = "t" };
        var grant = new Grant(Guid.Empty, "ada", null, "s", null, 0, clock.GetUtcNow(), clock.GetUtcNow(), false);
        const string password = "correct horse battery";
        Func<Session, Task>[] all =
        [
            session => users.CreateAsync(session, new("ada", password, ["a"]), default), session => users.UpdateAsync(session, "ada", "Ada", null, default),
            session => users.SetRolesAsync(session, "ada", ["a"], default), session => users.SetClaimsAsync(session, "ada", new Dictionary<string, string> { ["country"] = "DE" }, default),
            session => users.SetPasswordAsync(session, "ada", password, true, default), session => users.ReplacePasswordAsync(session, UserEntry.Of("ada", "h"), new("h"), default), session => users.LockAsync(session, "ada", default), session => users.UnlockAsync(session, "ada", default),
            session => users.DeleteAsync(session, "ada", default), session => users.BeginSecondFactorAsync(session, "ada", default), session => users.RemoveSecondFactorAsync(session, "ada", default),
            session => users.TakeCodeAsync(session, "ada", "123456", default), session => users.FailedAsync(session, "ada", default), session => users.SucceededAsync(session, UserEntry.Of("ada", "h"), "192.0.2.7", default),
            session => users.RehashAsync(session, UserEntry.Of("ada", "h"), "new", default),
            session => addresses.NoteAsync(session, "ada", "192.0.2.7", default), session => addresses.ForgetAsync(session, default),
            session => roles.CreateAsync(session, "a", null, false, default), session => roles.UpdateAsync(session, "a", null, true, default), session => roles.DeleteAsync(session, "a", default),
            session => roles.GrantAsync(session, "a", "Orders", SetGrant.Everything, default), session => roles.RevokeAsync(session, "a", "Orders", default),
            session => keys.CreateAsync(session, new("k") { Roles = ["a"] }, Caller.System, default), session => keys.UpdateAsync(session, new("k"), default),
            session => keys.RotateAsync(session, "k", TimeSpan.FromDays(1), default), session => keys.RotateAsync(session, "k", TimeSpan.Zero, default), session => keys.RevokeAsync(session, "k", default),
            session => keys.FindOwnerAsync(session, "ada", default), session => keys.CheckOwnersAsync(session, default),
            session => clients.CreateAsync(session, new("c", ["a"], Scopes.All), Caller.System, default), session => clients.UpdateAsync(session, new("c", [], Scopes.All), default),
            session => clients.RotateAsync(session, "c", TimeSpan.FromDays(1), default), session => clients.LockAsync(session, "c", default), session => clients.DeleteAsync(session, "c", default),
            session => grants.CreateAsync(session, grant, default), session => grants.FindAsync(session, Guid.Empty, default), session => grants.RefreshAsync(session, grant, default),
            session => definitions.LockAsync(session, default), session => definitions.RaiseAsync(session, 1, default), session => definitions.ReadAsync(session, 1, default),
            session => definitions.WriteAsync(session, 1, new DefinitionChange.Upsert(definition), definition, null, "ada", null, default),
            session => definitions.WriteAsync(session, 1, new DefinitionChange.Delete("a"), definition, null, "ada", "why", default),
            session => definitions.ReadDocumentAsync(session, "a", 1, default), session => definitions.ReadChangesAsync(session, 1, default), session => definitions.ReadHistoryAsync(session, default),
            session => grants.RevokeAsync(session, new(Guid.Empty, "ada", CallerKind.User, "c", clock.GetUtcNow()), "TokenRevoked", default), session => grants.ForgetAsync(session, clock.GetUtcNow(), default),
        ];
        foreach (var work in all)
        {
            await using var session = new RecordingSession(isFound);
            try
            {
                await work(session);
            }
            catch (Exception end) when (end is ServiceException or InvalidOperationException or InvalidCastException)
            {
                // Refused because there is no such row, or one already; or there is nothing to commit: what was said until then is what counts.
            }
            session.Texts.Should().NotBeEmpty();
            session.Texts.ForEach(TransactSqlTests.ShouldParse);
        }
    }

    /// <summary>Every question has one row of texts as its answer, or none.</summary>
    private sealed class RecordingSession(bool isFound) : Session
    {
        public List<string> Texts { get; } = [];

        public override DbConnection Connection => throw new InvalidOperationException();

        public override ValueTask BeginAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public override ValueTask<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellation, CommandBehavior behavior = CommandBehavior.Default)
        {
            Texts.Add(statement.Text);
            using var table = new DataTable();
            for (var i = 0; i < 12; i++)
                table.Columns.Add($"c{i}", typeof(string));
            if (isFound)
                table.Rows.Add([.. Enumerable.Repeat<object>("x", 12)]);
            return new(table.CreateDataReader());
        }

        protected override ValueTask<int> SendAsync(Statement statement, CancellationToken cancellation)
        {
            Texts.Add(statement.Text);
            return new(1);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
