using System.Text.RegularExpressions;
using BackendApi.Access.Rights;
using BackendApi.Spec.Rights;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.OpenApi;

/// <summary>Random grants of random roles: what the description offers is what they allow, and it has no word of anything else.</summary>
public abstract partial class OpenApiGridCases(Func<TestDatabase> database)
{
    private static readonly (Verbs Verb, string[] Methods)[] MethodsOf = [(Verbs.Read, ["GET"]), (Verbs.Create, ["POST"]), (Verbs.Update, ["PATCH", "PUT"]), (Verbs.Delete, ["DELETE"])];

    [DatabaseTheory]
    [MemberData(nameof(Seeds))]
    public async Task It_tells_of_nothing_that_the_caller_may_not_use(int seed)
    {
        var random = new Random(seed);
        var grid = Grid.Of(random, Verbs.Create | Verbs.Update | Verbs.Delete);
        var shop = new GridShop(database(), GridShop.RandomRows(random), GridShop.Definitions((_, _) => true));
        try
        {
            await shop.InitializeAsync();
            await shop.ResetAsync();
            var caller = await OfAsync(shop, [.. grid.Roles.Select(role => role.Select(grant => grant.ToGrant()).ToList())]);
            var stranger = await OfAsync(shop, []);
            var described = await Described.OfAsync(shop, caller.Credential);

            var told = Words(described).ToHashSet();
            var always = Words(await Described.OfAsync(shop, stranger.Credential)).ToHashSet();
            var visible = GridShop.Sets.Where(set => grid.On(set, Verbs.Read).Any()).ToList();
            var names = visible.SelectMany(set => set.Properties.Select(property => property.Property).Where(name => IsTouched(grid, set, name)).Append(set.Name)).ToHashSet();
            var others = GridShop.Sets.SelectMany(set => set.Properties.Select(property => property.Property).Append(set.Name)).Where(name => !names.Contains(name) && !always.Contains(name)).ToList();

            others.Where(told.Contains).Should().BeEmpty("seed {0}", seed);
            visible.Select(set => set.Name).Should().BeSubsetOf(told);
            foreach (var set in GridShop.Sets)
                Methods(described, set.Name).Should().BeSubsetOf(Allowed(grid, set), "seed {0}: {1}", seed, set.Name);
            await Answers(shop, caller, described);
        }
        finally
        {
            await shop.DisposeAsync();
        }
    }

    [DatabaseFact]
    public async Task Who_may_only_create_is_told_how_to_and_nothing_else()
    {
        var shop = new GridShop(database(), GridShop.RandomRows(new(1)), GridShop.Definitions((_, _) => true));
        try
        {
            await shop.InitializeAsync();
            await shop.ResetAsync();
            var caller = await OfAsync(shop, [May("Tags", Verbs.Create, write: "Id Name")]);
            var described = await Described.OfAsync(shop, caller.Credential);

            described.Operations.Select(operation => $"{operation.Method} {operation.Template}").Should().Equal("POST /odata/$batch", "POST /odata/Tags", "POST /dynamic-entity/tags");
            await Answers(shop, caller, described);
        }
        finally
        {
            await shop.DisposeAsync();
        }
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 6)];

    private static async Task Answers(GridShop shop, RestrictedCaller caller, Described described)
    {
        var requests = new DescribedRequests(shop, described, caller.Credential);
        foreach (var (template, method, operation) in described.Operations)
            if (await requests.SendAsync(template, method, operation) is { } answer)
                answer.Status.Should().NotBe(404, "{0} {1}: {2}", method, template, answer.Body).And.NotBe(405).And.NotBe(501).And.BeLessThan(500);
    }

    private static IEnumerable<string> Words(Described described) => described.Texts().SelectMany(text => Word().Matches(text).Select(match => match.Value));

    private static bool IsTouched(Grid grid, GridSet set, string property) =>
        grid.Shows(set, property) || grid.On(set, Verbs.Create).Concat(grid.On(set, Verbs.Update)).Any(grant => grant.Writable.Contains(property));

    /// <summary>Of every address that begins with the set.</summary>
    private static IEnumerable<string> Methods(Described described, string set) => described.Operations
        .Where(operation => Address().Match(operation.Template) is { Success: true } match && match.Groups[1].Value.Equals(set, StringComparison.OrdinalIgnoreCase))
        .Select(operation => operation.Method).Distinct();

    private static IEnumerable<string> Allowed(Grid grid, GridSet set) =>
        grid.On(set, Verbs.Read).Any() ? MethodsOf.Where(row => grid.On(set, row.Verb).Any()).SelectMany(row => row.Methods) : [];

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*")]
    private static partial Regex Word();

    /// <summary>The set itself or one of its entities, and nothing behind it.</summary>
    [GeneratedRegex(@"\A/(?:odata|dynamic-entity)/([A-Za-z]+)(?:\([^)]*\)|/\{id\})?\z")]
    private static partial Regex Address();
}

public sealed class OpenApiGridOnSqlite() : OpenApiGridCases(() => new SqliteTestDatabase());

[Needs("PostgreSql")]
public sealed class OpenApiGridOnPostgreSql() : OpenApiGridCases(() => new PostgreSqlTestDatabase());
