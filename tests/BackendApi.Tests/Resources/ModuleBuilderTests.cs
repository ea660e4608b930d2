using BackendApi.Resources;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Resources;

/// <summary>What a module cannot declare is told when the host starts, with the reason.</summary>
public class ModuleBuilderTests
{
    private readonly ModuleBuilder _module = new();

    [Theory]
    [InlineData(nameof(Facade.Silent), "Facade.Silent cannot be an operation. A function returns something.")]
    [InlineData(nameof(Facade.Late), "Facade.Late cannot be an operation. Optional parameters stand last.")]
    [InlineData(nameof(Facade.Odd), "Facade.Odd, where: Uri is no type that the EDM knows.")]
    [InlineData(nameof(Facade.Nested), "Facade.Nested, the result: the EDM has no collections of collections.")]
    [InlineData(nameof(Facade.Entity), "Facade.Entity cannot be an operation. key: the attribute EntityOfAttribute says whose entity it is.")]
    [InlineData(nameof(Facade.NoEntity), "Facade.NoEntity cannot be an operation. key: it is no EntityKey, nor a list of them.")]
    [InlineData(nameof(Facade.Filter), "Facade.Filter cannot be an operation. filter: clients pass entities, not filters for them.")]
    [InlineData(nameof(Facade.Same), "Facade.Same has overloads that no client can tell apart: those of a function differ in the names of their parameters, or in what they are bound to. (Parameter 'method')")]
    [InlineData(nameof(Facade.Computed), "Facade.Computed cannot be an operation. An expression computes a function of scalar values that is bound to an entity, or to nothing.")]
    [InlineData(nameof(Facade.Bound), "Facade.Bound cannot be an operation. It is bound: declare it for an entity set.")]
    [InlineData(nameof(Facade.Complex), "Facade.Complex, the result, Holder.Where: Uri is no type that the EDM knows.")]
    [InlineData("Missing", "Facade has no public method Missing. (Parameter 'method')")]
    public void A_method_that_cannot_be_a_function(string method, string reason) =>
        _module.Invoking(module => module.Function<Facade>(method)).Should().Throw<ArgumentException>().WithMessage(reason);

    [Fact]
    public void A_bound_operation_says_what_it_is_bound_to() =>
        _module.EntitySet(new() { Alias = "things", Table = "thing" }).Invoking(set => set.Function<Facade>(nameof(Facade.Free))).Should().Throw<ArgumentException>()
            .WithMessage("Facade.Free cannot be an operation. A parameter of type BoundEntity or BoundCollection says what it is bound to.");

    [Fact]
    public void An_alias_is_declared_once()
    {
        _module.EntitySet(new() { Alias = "things", Table = "thing" });

        _module.Invoking(module => module.EntitySet(new() { Alias = "things", Table = "other" })).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Rows_of_a_facade_have_columns_of_one_value() =>
        _module.Invoking(module => module.EntitySet<Lists, ListRow>("rows", ["Name"])).Should().Throw<ArgumentException>().WithMessage("ListRow.Parts: a column holds one value.");

    [Fact]
    public void Rows_of_a_facade_have_their_key() =>
        _module.Invoking(module => module.EntitySet<Plains, PlainRow>("rows", ["Nothing"])).Should().Throw<ArgumentException>().WithMessage("PlainRow has not all of the properties Nothing.");

    private sealed record Holder(Uri Where);

    private sealed record ListRow(string Name, IReadOnlyList<int> Parts);

    private sealed record PlainRow(string Name);

    private sealed class Lists : RowFacade<ListRow>
    {
        public override ValueTask<IReadOnlyList<ListRow>> ReadAsync(OperationContext context) => new([]);
    }

    private sealed class Plains : RowFacade<PlainRow>
    {
        public override ValueTask<IReadOnlyList<PlainRow>> ReadAsync(OperationContext context) => new([]);
    }

    private sealed class Facade
    {
        public static void Silent() { }
        public static int Late(int? first = null, params int[] rest) => rest.Length + (first ?? 0);
        public static int Odd(Uri where) => where.Port;
        public static IReadOnlyList<int[]> Nested() => [];
        public static int Entity(EntityKey key) => key.Values.Count;
        public static int NoEntity([EntityOf("things")] int key) => key;
        public static int Filter(EntityFilter filter) => filter.GetHashCode();
        public static int Same(int one) => one;
        public static int Same(string one) => one.Length;
        [Expression("1")]
        public static IReadOnlyList<int> Computed() => [1];
        public static int Bound(BoundEntity entity) => entity.Key.Count;
        public static Holder Complex() => new(new("http://localhost"));
        public static int Free() => 1;
    }
}
