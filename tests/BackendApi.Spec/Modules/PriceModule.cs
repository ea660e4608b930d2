using BackendApi.Resources;

namespace BackendApi.Spec.Modules;

/// <summary>Functions that the database computes, and some that it cannot.</summary>
public sealed class PriceModule : ResourceModule
{
    public enum Rounding { Down, Up }

    public override void Declare(ModuleBuilder module)
    {
        var customers = module.Existing("customers");
        customers.Function<Prices>(nameof(Prices.Label));
        customers.Function<Prices>(nameof(Prices.HasMore));
        customers.Function<Prices>(nameof(Prices.IsIn));
        customers.Function<Prices>(nameof(Prices.Broken));
        customers.Function<Prices>(nameof(Prices.Rank));
        module.Function<Prices>(nameof(Prices.Discounted));
        module.Function<Prices>(nameof(Prices.Rounded));
        module.Function<Prices>(nameof(Prices.Twice));
    }

    public sealed class Prices
    {
        [Expression("concat(concat(prefix,Name),case(Country ne null:concat(separator,Country),true:''))")]
        public static string Label(BoundEntity customer, string prefix, string separator = " ") => $"{prefix}{separator}{customer.Key[0]}";

        // The variable has the name that clients like best.
        [Expression("Accounts/any(a:a/Points gt least)")]
        public static bool HasMore(BoundEntity customer, int least) => (int)customer.Key[0] > least;

        [Expression("$it/Country in (Country,'XX')")]
        public static bool IsIn(BoundEntity customer, string? Country) => customer.Key.Count.ToString() == Country;

        [Expression("Nothing eq 1")]
        public static bool Broken(BoundEntity customer) => customer.Key.Count > 1;

        public static int Rank(BoundEntity customer) => (int)customer.Key[0];

        [Expression("price mul (100 sub percent) div 100")]
        public static decimal Discounted(decimal price, decimal percent = 10) => price * (100 - percent) / 100;

        [Expression("case(rounding eq 'Up':ceiling(price),true:floor(price))")]
        public static decimal Rounded(decimal price, Rounding rounding = Rounding.Up) => rounding == Rounding.Up ? Math.Ceiling(price) : Math.Floor(price);

        [Expression("number add number")]
        public static long Twice(long number) => 2 * number;
    }
}
