using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Parse.DataExchange;
using BackendApi.Support;
using BackendApi.Tests.Model;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Parse.DataExchange;

public sealed class DataExchangeUrlTests
{
    private static readonly ModelSnapshot Shop = ModelBuilder.Build(
        1,
        [
            new()
            {
                Alias = "customers", Table = "customer",
                Fields =
                [
                    new() { Column = "id_customer", Name = "id" }, new() { Column = "name", Name = "name" },
                    new() { Column = "status", Name = "status", Type = "enum", Members = [new("open"), new("onHold", "on hold"), new("closed")] },
                    new() { Column = "balance", Name = "balance" }, new() { Column = "created_at", Name = "createdAt" },
                ],
                Relations = [new() { Name = "orders", Target = "orders", Multiplicity = "many", On = [new("id_customer", "customer_id")] }],
            },
            new()
            {
                Alias = "orders", EntitySet = "Orders", Table = "order",
                Fields = [new() { Column = "id_order", Name = "id" }, new() { Column = "customer_id", Name = "customer_id" }, new() { Column = "total", Name = "total" }],
                Relations =
                [
                    new() { Name = "items", Target = "order-items", Multiplicity = "many", On = [new("id_order", "order_id")] },
                    new() { Name = "customer", Target = "customers", Multiplicity = "one", On = [new("customer_id", "id_customer")] },
                ],
            },
            new()
            {
                Alias = "order-items", Table = "order_item",
                Fields =
                [
                    new() { Column = "order_id", Name = "orderId" }, new() { Column = "line", Name = "line" },
                    new() { Column = "sku", Name = "sku" }, new() { Column = "picture", Name = "picture" },
                ],
                Relations = [new() { Name = "product", Target = "products", Multiplicity = "one", On = [new("sku", "sku")] }],
            },
            new()
            {
                Alias = "products", Table = "product",
                Fields = [new() { Column = "sku", Name = "sku" }, new() { Column = "is_active", Name = "isActive" }],
                Relations = [],
            },
        ],
        ShopSchema.Tables, new ODataSettings()).Snapshot!;

    private static readonly DataExchangeLimits Limits = new(PageRows: 5000, ListItems: 3, Depth: 2);

    [Theory]
    [InlineData("orders", "", "Orders")]
    [InlineData("orders/", "", "Orders")]
    [InlineData("orders/7", "", "Orders id=7")]
    [InlineData("products/A%2FB", "", "Products sku=A/B")]
    [InlineData("order-items/7,2", "", "OrderItems orderId=7 line=2")]
    [InlineData("order-items/7%2c2", "", "OrderItems orderId=7 line=2")]
    [InlineData("orders", "page[offset]=10", "Orders skip 10")]
    [InlineData("orders", "page[limit]=20", "Orders top 20")]
    [InlineData("orders", "page%5Boffset%5D=10&page%5Blimit%5D=20", "Orders skip 10 top 20")]
    [InlineData("orders", "filter[orders.customer_id]=5", "Orders where customer_id eq 5")]
    [InlineData("orders", "filter%5Borders.customer_id%5D=5", "Orders where customer_id eq 5")]
    [InlineData("orders", "filter[Orders.customer_id]=5", "Orders where customer_id eq 5")]
    [InlineData("customers", "filter[customer.name]=A+%26+B", "Customers where name eq A & B")]
    [InlineData("customers", "filter[customers.name]=", "Customers where name eq ")]
    [InlineData("customers", "filter[customers.createdAt]=2024-03-01T00:00:00%2B01:00", "Customers where createdAt eq 2024-02-29T23:00:00Z")]
    [InlineData("customers", "filter[customers.balance]=12.50", "Customers where balance eq 12.50")]
    [InlineData("customers", "filter[customers.status]=onHold", "Customers where status eq onHold")]
    [InlineData("products", "filter[products.isActive]=1", "Products where isActive eq True")]
    [InlineData("products", "filter[products.isActive]=false", "Products where isActive eq False")]
    [InlineData("orders", "filter[orders.customer_id]={\"in\":[1,\"2\"]}", "Orders where customer_id in (1,2)")]
    [InlineData("orders", "filter[orders.id]={\"in\":[]}", "Orders where id in ()")]
    [InlineData("orders", "filter[orders.customer_id]=5&filter[orders.id]=6&filter[orders.id]=7", "Orders where ((customer_id eq 5 and id eq 6) and id eq 7)")]
    [InlineData("orders", "include=items", "Orders include items")]
    [InlineData("orders", "include=items.product,customer", "Orders include items(product) customer")]
    [InlineData("orders", "include=items,items.product, customer&include=customer", "Orders include items(product) customer")]
    [InlineData("orders/7", "include=items", "Orders id=7 include items")]
    [InlineData("orders", "api_key=secret&sort=-id&fields[orders]=id&filters[x]=1&&=", "Orders")]
    public void A_url_of_the_dialect_becomes_the_query_that_OData_would_send(string path, string query, string expected) =>
        Describe(DataExchangeUrl.Parse(Shop, path, query, Limits)).Should().Be(expected);

    [Theory]
    [InlineData("nothing", "", "007", "Not found: no endpoint is published as 'nothing'.")]
    [InlineData("Orders", "", "007", "Not found: no endpoint is published as 'Orders'. Did you mean 'orders'?")]
    [InlineData("", "", "007", "Not found: no endpoint is published as ''.")]
    [InlineData("orders/7/items", "", "007", "Not found: an address is an alias, or an alias and an id.")]
    [InlineData("orders/seven", "", "1303", "No entity of orders has the id 'seven'.")]
    [InlineData("orders/99999999999999999999", "", "1303", "No entity of orders has the id '99999999999999999999'.")]
    [InlineData("order-items/7", "", "1316", "The id of order-items has 2 values, separated by commas: orderId,line.")]
    [InlineData("orders", "filter[id]=1", "011", "A filter is written filter[orders.field]=value; 'filter[id]' has no endpoint before a dot.")]
    [InlineData("orders", "filter=1", "011", "A filter is written filter[orders.field]=value; 'filter' has no endpoint before a dot.")]
    [InlineData("orders", "filter[.id]=1", "011", "A filter is written filter[orders.field]=value; 'filter[.id]' has no endpoint before a dot.")]
    [InlineData("orders", "filter[orders.totla]=1", "1315", "orders has no field 'totla'. Did you mean 'total'?")]
    [InlineData("orders", "filter[items.id]=1", "1315", "'items' in filter[items.id] is not this endpoint: filters apply to orders, not to its relations.")]
    [InlineData("orders", "filter[orders.id]=one", "1305", "'one' is no value of id, which is of type Int64.")]
    [InlineData("orders", "filter[orders.id]={\"in\":[1,null]}", "1305", "The list of filter[orders.id] holds texts, numbers and booleans.")]
    [InlineData("customers", "filter[customers.status]=gone", "1305", "'gone' is no value of status, which is one of open, onHold, closed.")]
    [InlineData("orders", "filter[orders.id]={\"gt\":5}", "1316", "The one operator of filter[orders.id] is {\"in\":[…]}.")]
    [InlineData("orders", "filter[orders.id]={\"in\":5}", "1316", "The one operator of filter[orders.id] is {\"in\":[…]}.")]
    [InlineData("orders", "filter[orders.id]={in:[5]}", "1316", "The value of filter[orders.id] begins as JSON but is not JSON. A list is written {\"in\":[\"a\",\"b\"]}.")]
    [InlineData("products", "filter[products.sku]={\"in\":[\"\\ud800\"]}", "1316", "The value of filter[products.sku] begins as JSON but is not JSON. A list is written {\"in\":[\"a\",\"b\"]}.")]
    [InlineData("orders", "filter[orders.id]={\"in\":[1,2,3,4]}", "1301", "A list holds at most 3 values.")]
    [InlineData("orders", "page[offset]=-1", "1316", "page[offset] is a whole number, not '-1'.")]
    [InlineData("orders", "page[limit]=many", "1316", "page[limit] is a whole number, not 'many'.")]
    [InlineData("orders", "page[limit]=0", "1306", "page[limit] is at least 1.")]
    [InlineData("orders", "page[limit]=5001", "1301", "page[limit] is at most 5000 here. Read the rest with page[offset].")]
    [InlineData("orders", "page[size]=5", "1316", "'page[size]' is not understood. There are page[offset], page[limit] and include.")]
    [InlineData("orders", "page=5", "1316", "'page' is not understood. There are page[offset], page[limit] and include.")]
    [InlineData("orders", "include=item", "1313", "orders has no relation 'item'. Did you mean 'items'?")]
    [InlineData("orders", "include=items.products", "1313", "order-items has no relation 'products'. Did you mean 'product'?")]
    [InlineData("orders", "include=customer.orders.customer", "1301", "The chains of include are longer than the service allows.")]
    [InlineData("orders/7", "filter[orders.id]=7", "1316", "filter[orders.id] does not apply to one entity.")]
    [InlineData("orders/7", "page[limit]=7", "1316", "page[limit] does not apply to one entity.")]
    public void What_is_not_understood_is_refused_with_the_published_code_and_a_way_out(string path, string query, string code, string message)
    {
        var parse = () => DataExchangeUrl.Parse(Shop, path, query, Limits);

        var error = parse.Should().Throw<ServiceException>().Which.Error;
        error.Row.DataExchange.Should().Be(code);
        error.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("orders", "filter[orders.id]=%zz")]
    [InlineData("orders", "filter[orders.id]=%C3")]
    [InlineData("orders", "filter%5")]
    [InlineData("orders%", "")]
    [InlineData("orders/%00", "")]
    [InlineData("products", "filter[products.sku]=%00")]
    [InlineData("products", "filter[products.sku]={\"in\":[\"\\u0000\"]}")]
    public void What_no_url_holds_is_a_bad_request(string path, string query)
    {
        var parse = () => DataExchangeUrl.Parse(Shop, path, query, Limits);

        parse.Should().Throw<ServiceException>().Which.Error.Row.Status.Should().Be(400);
    }

    private static string Describe(ReadQuery query)
    {
        var text = new StringBuilder(((PathSegment.EntitySet)query.Path.Segments[0]).Set.Name);
        foreach (var part in query.Path.Segments.OfType<PathSegment.Key>().SelectMany(key => key.Values))
            text.Append(CultureInfo.InvariantCulture, $" {part.Property.Name}={part.Value}");
        if (query.Options.Filter is not null)
            text.Append(" where ").Append(Describe(query.Options.Filter));
        if (query.Options.Skip is { } skip)
            text.Append(CultureInfo.InvariantCulture, $" skip {skip}");
        if (query.Options.Top is { } top)
            text.Append(CultureInfo.InvariantCulture, $" top {top}");
        if (query.Options.Expand.Count > 0)
            text.Append(" include ").Append(Describe(query.Options.Expand));
        return text.ToString();
    }

    private static string Describe(IEnumerable<ExpandItem> items) => string.Join(' ', items.Select(item =>
        item.Navigation!.Name + (item.Options.Expand.Count > 0 ? $"({Describe(item.Options.Expand)})" : "")));

    private static string Describe(Expression expression) => expression switch
    {
        Expression.Binary { Operator.Name: "and" } both => $"({Describe(both.Left)} and {Describe(both.Right)})",
        Expression.Binary { Operator.Name: "eq" } equal => $"{Describe(equal.Left)} eq {Describe(equal.Right)}",
        Expression.In among => $"{Describe(among.Operand)} in ({string.Join(',', ((Expression.List)among.Values).Items.Select(Describe))})",
        Expression.Property property => property.Definition.Name,
        Expression.Literal { Value: EnumValue value } => string.Join(',', value.Members),
        Expression.Literal { Value: DateTimeOffset instant } => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Expression.Literal literal => Convert.ToString(literal.Value, CultureInfo.InvariantCulture)!,
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };
}
