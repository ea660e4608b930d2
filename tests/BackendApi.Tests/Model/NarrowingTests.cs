using System.Runtime.CompilerServices;
using System.Text.Json;
using BackendApi.Access;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Model;

/// <summary>Which callers share the model that their rights leave, and what it knows of each.</summary>
public class NarrowingTests
{
    private static readonly ModelSnapshot Model = ModelBuilderTests.Build("""{ "alias": "customers", "table": "customer" }""");

    [Fact]
    public void Callers_with_the_same_rights_share_a_model_whichever_token_or_reading_of_the_roles_they_come_from()
    {
        var first = Model.For(Reader("ada", "customers"));

        Model.For(Reader("bob", "customers")).Should().BeSameAs(first);
        Model.For(new("key", CallerKind.ApiKey) { Permissions = Permissions.All.NarrowedTo(Scopes.Parse("Customers:read", out _)!) })
            .Should().BeSameAs(Model.For(new("other", CallerKind.ApiKey) { Permissions = Permissions.All.NarrowedTo(Scopes.Parse("Customers:read", out _)!) }));
        Model.For(Reader("ada", "customers", "Name ne 'x'")).Should().NotBeSameAs(first);
        Model.For(Reader("ada", "customers", "-")).Should().NotBeSameAs(first);
        Model.For(Reader("ada", "others")).Should().NotBeSameAs(first);
    }

    [Fact]
    public void However_many_scopes_callers_ask_for_the_models_of_most_are_forgotten()
    {
        var kept = Enumerable.Range(0, 600).Select(number => Forgettable($"Set{number}")).ToList();

        GC.Collect();
        kept.Count(model => model.TryGetTarget(out _)).Should().BeLessThan(300);
    }

    [Fact]
    public void A_row_filter_knows_the_caller_by_their_name_and_not_by_a_claim_of_that_name()
    {
        var caller = Reader("bob", "customers", "Name eq @name") with { Claims = new Dictionary<string, string> { ["name"] = "ada", ["country"] = "DE" } };

        Model.For(caller).Claims.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "bob", ["country"] = "DE" });
    }

    [Fact]
    public void Of_what_a_caller_reads_the_examples_are_told_and_of_what_they_write_the_rules_too()
    {
        var caller = new Caller("ada", CallerKind.User)
        {
            Permissions = Permissions.Of([new("clerks", false, [("Values", new(Verbs.Read | Verbs.Create, ColumnMask.Of("Number", "Price"), ColumnMask.Of("Price"), null))])]),
        };
        using var json = JsonDocument.Parse(ToldValuesTests.Build(ToldKinds.Definitions).For(caller).Metadata.Json.Content);

        json.RootElement.GetProperty("BackendApi").GetProperty("Values").EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object)
            .Select(member => $"{member.Name}: {string.Join(", ", member.Value.EnumerateObject().Select(term => term.Name[(term.Name.LastIndexOf('.') + 1)..]).Where(term => term[0] != '$'))}").Should().Equal(
                "Id: Permissions", "Number: Example, Permissions", "Price: Example, Immutable, Minimum, Maximum");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<ModelSnapshot> Forgettable(string set) => new(Model.For(Reader("ada", set)));

    private static Caller Reader(string name, string alias, string? filter = null) => new(name, CallerKind.User)
    {
        Permissions = Permissions.Of([new("readers", false, [(alias == "customers" ? "Customers" : alias, new(Verbs.Read, ColumnMask.All, ColumnMask.Nothing, filter))])]),
    };
}
