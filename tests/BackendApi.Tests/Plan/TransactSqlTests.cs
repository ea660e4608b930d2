using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Sql;
using BackendApi.SqlServer;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace BackendApi.Tests.Plan;

/// <summary>SQL Server is not at hand: Microsoft's own parser reads every statement that these requests produce.</summary>
public class TransactSqlTests
{
    [Theory]
    [InlineData("Customers(1)")]
    [InlineData("Customers?$filter=Name%20eq%20'a'%20and%20not%20(Country%20ne%20'GB')%20or%20IsActive")]
    [InlineData("Customers?$filter=IsActive%20eq%20(Id%20gt%203)%20and%20contains(Name,'a')%20eq%20true")]
    [InlineData("Customers?$filter=not%20contains(Country,'B')%20and%20startswith(Name,'A')%20and%20endswith(Name,'a')")]
    [InlineData("Customers?$filter=Country%20in%20('GB','SE',null)%20and%20Id%20in%20(1,2)%20and%20Id%20in%20()")]
    [InlineData("Customers?$filter=CreatedAt%20gt%202024-01-01T00:00:00Z%20and%20year(CreatedAt)%20eq%202024%20and%20date(CreatedAt)%20eq%202024-01-01")]
    [InlineData("Customers?$filter=length(Name)%20gt%201%20and%20indexof(Name,'a')%20eq%200%20and%20substring(Name,1,2)%20eq%20'da'%20and%20trim(toupper(Name))%20eq%20'ADA'")]
    [InlineData("Customers?$filter=round(Balance)%20eq%201%20and%20floor(Rating)%20eq%201%20and%20ceiling(Balance)%20eq%202%20and%20Id%20add%201%20mul%202%20div%203%20mod%204%20sub%205%20eq%20-6")]
    [InlineData("Customers?$filter=Orders/any(o:o/OrderLines/any(l:l/Quantity%20gt%205))%20and%20Orders/all(o:o/Total%20gt%201)%20and%20Orders/$count%20gt%202")]
    [InlineData("Customers?$orderby=Country%20desc,Rating,tolower(Name),Orders/$count,Manager/Name&$count=true&$skip=10&$top=20")]
    [InlineData("Customers?$expand=Orders($filter=Total%20gt%205;$orderby=Total%20desc;$top=2;$skip=1;$count=true;$expand=OrderLines),Manager($expand=Orders)")]
    [InlineData("Products?$expand=Tags($orderby=Name;$top=1),Lines($expand=Product)&$filter=Tags/any(t:t/Name%20eq%20'a')")]
    [InlineData("OrderLines(OrderId=1,LineNo=2)/Product/Tags/$count?$filter=Id%20gt%201")]
    [InlineData("Customers(1)/Manager/Orders(5)/Customer/Name/$value")]
    [InlineData("Products?$search=(a%20OR%20%22b%20c%22)%20NOT%20d&$expand=Tags($search=e;$top=1)")]
    [InlineData("Customers?$search=NOT%20a&$filter=Orders/$count($search=open;$filter=Total%20gt%201)%20gt%202")]
    [InlineData("Customers?$expand=Orders/$ref($top=1),CustomersByManager($levels=max;$top=2;$expand=Orders/$count($filter=Total%20gt%201)),Manager/$ref")]
    [InlineData("Customers/$filter(Id%20gt%201)/$filter(Orders%2Fany())/$ref?$top=1")]
    [InlineData("Orders(101)/OrderLines(2)/Product/$ref")]
    [InlineData("$crossjoin(Customers,OpenOrders,Tags)?$filter=Customers/Manager/Id%20eq%20OpenOrders/CustomerId&$orderby=Tags/Name&$expand=Customers($expand=Orders)&$count=true")]
    [InlineData("OpenOrders?$expand=*")]
    [InlineData("Customers?$compute=Id%20mul%202%20as%20Twice,Country%20eq%20'GB'%20as%20British,Orders/$count%20as%20N,5%20as%20Five&$filter=Twice%20gt%202&$orderby=British,N%20desc,Five,Twice")]
    [InlineData("Orders?$apply=aggregate($count%20as%20N)/skip(1)&$skip=1")]
    [InlineData("Orders?$apply=aggregate(Total%20with%20sum%20as%20A,Total%20with%20average%20as%20B,Status%20with%20countdistinct%20as%20C,$count%20as%20D,Id%20with%20sum%20as%20E,PlacedAt%20with%20max%20as%20F)")]
    [InlineData("Customers?$apply=groupby((Name,Manager/Country,IsActive,CreatedAt,Birthday,Token),aggregate(Rating%20with%20sum%20as%20A,Rating%20with%20average%20as%20B,Name%20with%20min%20as%20C))/filter(A%20gt%201)&$orderby=B%20desc,Name&$count=true&$skip=1")]
    [InlineData("Orders?$apply=filter(Customer/Country%20eq%20'GB')/compute(Total%20mul%202%20as%20Twice)/groupby((Twice),aggregate(Total%20with%20sum%20as%20S))/aggregate(S%20with%20max%20as%20M)")]
    [InlineData("Orders?$apply=groupby((Status),aggregate(Total%20with%20sum%20as%20S,OrderLines/Quantity%20with%20sum%20as%20Q,Customer/Balance%20with%20average%20as%20B,OrderLines(Product%20with%20countdistinct%20as%20P,$count%20as%20N)))")]
    [InlineData("Products?$apply=aggregate(Tags/Name%20with%20countdistinct%20as%20N,Tags/$count%20as%20C)")]
    [InlineData("Orders?$apply=groupby((rollup($all,Customer/Country,Status)),aggregate(Total%20with%20sum%20as%20S))/topcount(2,S)&$filter=Status%20ne%20null")]
    [InlineData("Orders?$apply=concat(orderby(Total%20desc)/top(2),bottomsum(100,Total)/groupby((Id)),aggregate($count%20as%20N))&$orderby=N")]
    [InlineData("Orders?$apply=toppercent(50,Total)/topsum(100,Id)/orderby(Status)/skip(0)/skip(1)/bottomcount(3,Total%20mul%202)&$expand=Customer,OrderLines")]
    [InlineData("Orders?$apply=groupby((Customer/Country,Status),filter(Total%20gt%201)/topcount(1,Total%20mul%202))&$expand=Customer")]
    [InlineData("Orders?$apply=concat(identity,filter(Id%20gt%201))/search(open)")]
    [InlineData("Orders?$apply=join(OrderLines%20as%20Line,filter(Product/Price%20gt%201))/groupby((Line/Product/Name),aggregate(Line/Quantity%20with%20sum%20as%20Q))")]
    [InlineData("Orders?$apply=outerjoin(OrderLines%20as%20Line,filter(Quantity%20gt%201))/topsum(5,Line/Quantity)&$orderby=Line/Quantity&$count=true")]
    [InlineData("Products?$apply=join(Tags%20as%20Tag)/filter(Tag%20ne%20null)")]
    [InlineData("Orders?$apply=groupby((Customer/Country,Status),orderby(Total%20desc)/skip(1)/top(2)/topsum(9,Total)/bottompercent(50,Total%20mul%202))&$expand=Customer")]
    [InlineData("Orders?$apply=groupby((Status),filter(Total%20gt%201)/aggregate(Total%20with%20sum%20as%20S,OrderLines/$count%20as%20L,$count%20as%20N))&$filter=N%20eq%200&$count=true")]
    [InlineData("Orders?$apply=groupby((Customer/Country),groupby((Status),aggregate(Total%20with%20sum%20as%20S))/concat(top(1),aggregate(S%20with%20average%20as%20M)))")]
    [InlineData("Orders?$apply=groupby((Status),aggregate(Total%20with%20sum%20from%20CustomerId%20with%20max%20from%20Customer/Country%20with%20average%20as%20A,$count%20from%20CustomerId%20with%20max%20as%20N))")]
    [InlineData("Orders?$apply=aggregate(Total%20with%20sum%20from%20Status%20with%20average%20as%20A,Status%20with%20max%20as%20B)")]
    [InlineData("Orders?$apply=groupby((Customer,Status),filter(Total%20gt%201)/aggregate(Total%20with%20sum%20as%20S))/topcount(2,S)&$expand=Customer($expand=Manager,Orders($top=1))&$orderby=Customer/Name&$count=true")]
    [InlineData("Customers?$apply=groupby((Manager/Manager,rollup(Country,Manager)))/filter(Manager/Name%20eq%20'a')")]
    [InlineData("Orders?$apply=join(OrderLines%20as%20Line,orderby(Quantity%20desc)/top(1))/skip(1)/outerjoin(OrderLines%20as%20Other,filter(Product/Price%20gt%201))/filter(Other/Product/Name%20ne%20null)")]
    [InlineData("Orders?$apply=groupby((Status),outerjoin(OrderLines%20as%20Line,groupby((Product),aggregate(Quantity%20with%20sum%20as%20Q)))/aggregate(Line/Q%20with%20max%20as%20M))")]
    [InlineData("Products?$apply=outerjoin(Tags%20as%20Tag,topcount(1,Name))/topsum(9,Price)&$filter=Tag/Name%20eq%20null")]
    [InlineData("Customers?$expand=Orders($apply=groupby((Status),aggregate(Total%20with%20sum%20as%20S));$orderby=S%20desc;$top=1;$count=true),CustomersByManager($apply=aggregate($count%20as%20N))")]
    [InlineData("Products?$expand=Tags($apply=filter(Id%20gt%201)),Lines($apply=topcount(1,Quantity)/compute(Quantity%20mul%202%20as%20Twice);$orderby=Twice)")]
    [InlineData("Orders/$count?$apply=groupby((Status))&$filter=Status%20eq%20'a'")]
    [InlineData("Customers?$expand=Orders($compute=Total%20mul%202%20as%20Twice;$select=Twice;$orderby=Twice;$top=2),Manager($compute=Id%20add%201%20as%20Next;$select=Next)")]
    [InlineData("Orders?$expand=*")]
    public void Is_T_SQL(string request) => Check(request);

    private static readonly ModelSnapshot Structured = Shop.Build(ReferenceModel.Definitions, ReferenceModel.Tables.Select(item => item.Table));

    [Theory]
    [InlineData("Customers?$filter=Tags/any(t:t eq 'a' or t eq null) and Tags/all(t:contains(t,'a')) and not Tags/any() and 'b' in Tags")]
    [InlineData("Customers?$filter=Tags/$count gt 2 and Tags/$count($filter=$it eq 'a') eq 1 and Manager/Tags/any(t:startswith(t,'b'))&$orderby=Tags/$count desc")]
    [InlineData("Customers?$select=Name,Tags($filter=startswith($it,'a');$orderby=$it desc;$skip=1;$top=2;$count=true)")]
    [InlineData("Customers(1)/Tags?$filter=contains($it,'a')&$orderby=$it desc&$top=2&$skip=1&$count=true")]
    [InlineData("Customers(1)/Tags/$count?$filter=$it ne 'a'")]
    [InlineData("Customers?$filter=hassubset(Tags,['a','a',null]) and not hassubset(['a',null],Tags) and hassubset(Tags,Manager/Tags) eq true")]
    [InlineData("Customers?$filter=hassubsequence(Tags,['a',null,'a','b']) and not hassubsequence(['a','b',null],Tags)&$orderby=hassubsequence(Tags,['a','b'])")]
    [InlineData("Customers?$filter=Tags/$count($search=a NOT b) gt 1&$select=Tags($search=a OR b;$count=true)")]
    [InlineData("Customers?$filter=hassubsequence(Tags,Manager/Tags) and Tags eq ['a',null] or Tags ne Manager/Tags&$orderby=Tags eq []")]
    [InlineData("Customers?$filter=Address eq {\"City\":\"Bath\"} or Address ne Manager/Address or Address in [{\"City\":\"Bath\"},null]")]
    [InlineData("Customers?$filter=Manager eq $it or Manager ne $root/Customers(1) and Manager in $root/Customers/$filter(ID gt 1) and Manager/BackendApi.VipCustomer eq Manager")]
    [InlineData("Customers/BackendApi.VipCustomer?$filter=Level gt 1&$orderby=Level desc&$expand=Perks($top=1)&$count=true")]
    [InlineData("Customers(1)/BackendApi.VipCustomer/Perks?$filter=startswith(Name,'a')")]
    [InlineData("Customers?$filter=isof(BackendApi.VipCustomer) and BackendApi.VipCustomer/Level gt 1 or BackendApi.VipCustomer/Perks/any(p:p/ID eq 1)&$orderby=BackendApi.VipCustomer/Level")]
    [InlineData("Customers?$expand=BackendApi.VipCustomer/Perks($count=true;$top=1),Manager/BackendApi.VipCustomer&$select=ID,BackendApi.VipCustomer/Level")]
    [InlineData("Orders?$filter=Customer/BackendApi.VipCustomer/Level gt 1 and not isof(Customer,BackendApi.VipCustomer)")]
    [InlineData("Customers?$filter=Address/City eq 'Bath' and Address ne null or Address eq null&$orderby=Address/Zip desc,Address/City&$select=Address/City")]
    [InlineData("Customers(1)/Address")]
    [InlineData("Customers(1)/Address/City/$value")]
    [InlineData("Customers?$apply=groupby((Address/City),aggregate(Balance with sum as Total))&$orderby=Total desc")]
    [InlineData("Customers?$compute=Address/City eq null as Homeless&$filter=Homeless&$expand=Orders($filter=Customer/Address/City eq 'Bath')")]
    [InlineData("Config?$expand=BestCustomer($expand=Orders($top=1;$count=true))")]
    [InlineData("Config/BestCustomer/BackendApi.VipCustomer/Perks?$orderby=Name&$top=1")]
    [InlineData("Config/BestCustomer/Tags")]
    [InlineData("Photos(1)/$value")]
    public void Of_a_model_that_is_not_flat_is_T_SQL(string request) =>
        Check(Shop.Statements(Shop.Plan(Structured, request.Replace(" ", "%20", StringComparison.Ordinal)), SqlServerDialect.Instance));

    private static readonly ModelSnapshot Tagged = Shop.Build(
        ShopTables.Definitions.Replace("\"alias\":", "\"allow\": { \"update\": true }, \"alias\":", StringComparison.Ordinal),
        ShopTables.All.Select(item => item.Table == ShopTables.SalesOrder ? WithRowVersion(item.Table) : item.Table));

    [Theory]
    [InlineData("Orders?$select=Id&$expand=Customer($select=Name),OrderLines($top=1)", "t0.[rv]", "CAST(t0.[rv] AS varbinary(8))")]
    [InlineData("Orders(1)/Status", "t0.[rv]", "CAST(t0.[rv] AS varbinary(8))")]
    [InlineData("Orders?$apply=topcount(1,Total)", "t0.[rv] AS [rv]", "CAST(t1.[rv] AS varbinary(8))")]
    [InlineData("Orders?$apply=concat(top(1),identity)", "t0.[rv] AS [rv]", "AS varbinary(8))")]
    [InlineData("Customers?$select=Name&$expand=Manager($select=Id)", "t0.[token]", "t1.[token]")]
    public void What_ETags_are_made_of_is_T_SQL(string request, params string[] columns)
    {
        var statements = Shop.Statements(Shop.Plan(Tagged, request), SqlServerDialect.Instance).ToList();

        Check(statements);
        foreach (var column in columns)
            statements[0].Text.Should().Contain(column);
    }

    private static TableSchema WithRowVersion(TableSchema table)
    {
        var version = new ColumnSchema("rv", new(ValueKind.Binary, "rowversion", 8), false, IsGenerated: true);
        return table with { Columns = [.. table.Columns, version], RowVersion = version };
    }

    [Fact]
    public void The_filters_over_items_of_every_type_are_T_SQL()
    {
        var lists = Shop.Build(ListsTable.Definitions, ListsTable.All.Select(item => item.Table));
        foreach (var row in ListsTable.Filters)
            Check(Shop.Statements(Shop.Plan(lists, $"Listings?$filter={((string)row[0]).Replace(" ", "%20", StringComparison.Ordinal)}"), SqlServerDialect.Instance));
        Check(Shop.Statements(Shop.Plan(lists, "Listings?$select=Days($filter=$it%20gt%202000-01-01;$orderby=$it),Waits($filter=$it%20ne%20null)"), SqlServerDialect.Instance));
    }

    [Fact]
    public void The_filters_over_objects_in_a_list_are_T_SQL()
    {
        var lists = Shop.Build(ObjectLists.Definitions, ObjectLists.All.Select(item => item.Table));
        foreach (var row in ObjectLists.Filters)
            Check(Shop.Statements(Shop.Plan(lists, $"People?$filter={((string)row[0]).Replace(" ", "%20", StringComparison.Ordinal)}"), SqlServerDialect.Instance));
        Check(Shop.Statements(Shop.Plan(lists, "People?$select=Contacts($filter=Kind%20ne%20'fax';$orderby=Rank;$top=2;$count=true)"), SqlServerDialect.Instance));
    }

    [Fact]
    public void The_filters_of_the_reading_cases_are_T_SQL()
    {
        foreach (var row in ShopFilters.Customers.Concat(ShopFilters.Products))
        {
            var set = ShopFilters.Customers.Contains(row) ? "Customers" : "Products";
            Check($"{set}?$filter={((string)row[1]).Replace(" ", "%20", StringComparison.Ordinal)}");
        }
    }

    [Theory]
    [InlineData("Marks?$filter=Value gt 1 and startswith(Name,'a') and Customer/Name ne null&$orderby=Given desc&$count=true&$skip=1")]
    [InlineData("Marks?$expand=Customer($select=Name)&$apply=filter(Value gt 1)")]
    [InlineData("Marks?$apply=groupby((Name),aggregate(Value with sum as S))&$orderby=S")]
    [InlineData("Customers?$select=Name&$filter=Marks/any(m:m/Value gt 5)&$expand=Marks($top=2;$orderby=Value)")]
    [InlineData("Marks('a')/Customer/Marks/$count")]
    public void Of_rows_that_a_facade_supplies_is_T_SQL(string request)
    {
        var module = new ModuleBuilder();
        module.EntitySet<Marks, Mark>("marks", ["Name"], definition => definition with
        {
            Relations = [new() { Name = "Customer", Target = "customers", Multiplicity = "one", On = [new("CustomerId", "id")] }],
        });
        var definitions = DefinitionReader.Read(
            """{ "alias": "customers", "table": "customer", "relations": [{ "name": "Marks", "target": "marks", "multiplicity": "many", "on": [{ "column": "id", "targetColumn": "CustomerId" }] }] }""",
            DefinitionFormat.Json).Definitions;
        var model = ModelBuilder.Build(1, definitions, ShopTables.All.ToDictionary(item => item.Table.Name, item => item.Table), new(), null, new([module.Build()]));
        model.Mistakes.Should().BeEmpty();

        Check(Shop.Statements(Shop.Plan(model.Snapshot!, request.Replace(" ", "%20", StringComparison.Ordinal)), SqlServerDialect.Instance));
    }

    private sealed record Mark(string Name, decimal Value, DateTimeOffset? Given, Guid Id, bool IsFinal, int CustomerId);

    private sealed class Marks : RowFacade<Mark>
    {
        public override ValueTask<IReadOnlyList<Mark>> ReadAsync(OperationContext context) => new([]);
    }

    private static void Check(string request) => Check(Shop.Statements(request, SqlServerDialect.Instance));

    private static void Check(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement.Text), out var errors);
            errors.Select(error => $"{error.Message} at {error.Offset}").Should().BeEmpty("it is {0}", statement.Text);
        }
    }
}
