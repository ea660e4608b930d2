using BackendApi.Access.Rights;
using BackendApi.Spec.Writing;
using BackendApi.Testing;

namespace BackendApi.Spec.Rights;

/// <summary>
/// Random grants and random requests. A caller who may see a part of the service gets, byte for byte, what an administrator gets of a service that has nothing but that
/// part in its database and its definitions. What the part is, the reference works out from the rows in memory.
/// </summary>
public abstract class GridCases(Func<TestDatabase> database)
{
    private const int Questions = 60;

    [DatabaseTheory]
    [MemberData(nameof(Seeds))]
    public async Task A_caller_sees_what_an_administrator_of_that_part_alone_sees(int seed)
    {
        var random = new Random(seed);
        var rows = GridShop.RandomRows(random);
        var grid = Grid.Of(random, Verbs.None);
        await using var shop = await StartAsync(new(database(), rows, GridShop.Definitions((_, _) => true)));
        await using var part = await StartAsync(new(database(), grid.Seen(rows), GridShop.Definitions(grid.Shows)));
        var caller = await RestrictedCaller.OfAsync(shop.Shop, [.. grid.Roles.Select(role => role.Select(grant => grant.ToGrant()).ToList())]);

        var questions = new GridQuestions(random);
        for (var i = 0; i < Questions; i++)
        {
            var question = questions.Next();
            var (shown, expected) = (await caller.Get(question, Plain), await part.Shop.Write("GET", question, null, Plain));

            $"{shown.Status} {shown.Body}".Should().Be($"{expected.Status} {expected.Body}", "seed {0}: {1}", seed, question);
        }
    }

    /// <summary>Each change of a row that a request has led to is one that a grant allows: of the row as it was and as it is, and of each value.</summary>
    [DatabaseTheory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_changes_but_what_a_grant_allows(int seed)
    {
        var random = new Random(seed);
        var grid = Grid.Of(random, Verbs.Create | Verbs.Update | Verbs.Delete);
        await using var shop = await StartAsync(new(database(), GridShop.RandomRows(random), GridShop.Definitions((_, _) => true)));
        var caller = await RestrictedCaller.OfAsync(shop.Shop, [.. grid.Roles.Select(role => role.Select(grant => grant.ToGrant()).ToList())]);

        var changes = new GridChanges(random);
        var before = await shop.Shop.StoredAsync();
        for (var i = 0; i < Questions; i++)
        {
            var (method, request, body) = changes.Next();
            var answer = await caller.Write(method, request, body);
            var after = await shop.Shop.StoredAsync();

            var forbidden = grid.Forbidden(before, after).ToList();
            forbidden.Should().BeEmpty("seed {0}: {1} {2} {3} answered {4}", seed, method, request, body, answer.Body);
            answer.Status.Should().BeLessThan(500, answer.Body);
            before = after;
        }
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 12)];

    private static (string, string) Plain => ("Accept", "application/json;odata.metadata=none");

    private static async Task<Running> StartAsync(GridShop shop)
    {
        await shop.InitializeAsync();
        await shop.ResetAsync();
        return new(shop);
    }

    private sealed record Running(GridShop Shop) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Shop.DisposeAsync());
    }
}

public sealed class GridOnSqlite() : GridCases(() => new SqliteTestDatabase());

[Needs("PostgreSql")]
public sealed class GridOnPostgreSql() : GridCases(() => new PostgreSqlTestDatabase());
