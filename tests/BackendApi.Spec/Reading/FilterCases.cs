namespace BackendApi.Spec.Reading;

/// <summary><c>$filter</c> (URL Conventions 5.1.1): an expression, and the keys of the rows that it keeps.</summary>
public abstract class FilterCases(Shop.ShopService shop)
{
    public static TheoryData<string, string, string> OfCustomers => ShopFilters.Customers;
    public static TheoryData<string, string, string> OfProducts => ShopFilters.Products;

    [DatabaseTheory, MemberData(nameof(OfCustomers))]
    public Task Keeps_customers(string because, string filter, string keys) => shop.Keys("Customers", "$filter=" + filter, keys, because);

    [DatabaseTheory, MemberData(nameof(OfProducts))]
    public Task Keeps_products(string because, string filter, string keys) => shop.Keys("Products", "$filter=" + filter, keys, because);

    [DatabaseFact]
    public Task A_definitions_own_filter_applies_wherever_the_set_is_read() => shop.Keys("OpenOrders", "", "101 103", "");
}
