using BackendApi.Spec.Shop;
using Microsoft.OData;

namespace BackendApi.Spec.Clients;

/// <summary>
/// Microsoft.OData.Core's message reader, with the model that it reads from the service's own <c>$metadata</c>, reads every kind of response and has
/// nothing to complain of.
/// </summary>
public abstract class ODataLibCases(ShopService shop) : ODataLibJudge(shop)
{
    /// <summary>
    /// A request, what it is answered with, and what the reader finds in it. An asterisk stands for anything. It knows neither the number alone of an
    /// expansion (<c>"Orders@odata.count":3</c>) nor the rows of a cross join, which are written as the specification has them.
    /// </summary>
    public static readonly TheoryData<string, Payload, string> Requests = new()
    {
        { "", Payload.Service, "Customers * Orders Products Tags" },
        { "Tags", Payload.Collection, "[{Id=1 Name=light}{Id=2 Name=office}{Id=3 Name=unused}]" },
        { "Tags?$filter=false", Payload.Collection, "[]" },
        { "Tags?$count=true&$top=1", Payload.Collection, "[{Id=1 Name=light}]#3" },
        { "Customers", Payload.Collection, "[{Id=1 *CreatedAt=2024-01-31T10:20:30.1234560+00:00 Birthday=1990-12-31 Opens=08:30:00.0000000 Token=00000001-0000-0000-0000-000000000000 Picture=FBFF00 ManagerId=null}*]" },
        { "Customers?$select=Id,Balance", Payload.Collection, "[{Id=1 Balance=1250.5000}{Id=2 Balance=0.0000}{Id=3 Balance=-20.2500}{Id=4 Balance=99999999999.9999}{Id=5 Balance=0.0001}]" },
        { "Orders?$select=Id,Total,PlacedAt&$top=1", Payload.Collection, "[{Id=101 Total=100.00 PlacedAt=2024-03-01T08:00:00.0000000+00:00}]" },
        { "OrderLines?$top=1", Payload.Collection, "[{OrderId=101 LineNo=1 ProductId=1 Quantity=2}]" },
        { "OpenOrders?$select=Id", Payload.Collection, "[{Id=101}{Id=103}]" },
        { "Customers(1)/Orders?$select=Id", Payload.Collection, "[{Id=101}{Id=102}{Id=105}]" },
        { "Products(1)/Tags", Payload.Collection, "[{Id=1 Name=light}{Id=2 Name=office}]" },
        { "Products(1)", Payload.Entity, "{Id=1 Sku=P-1 Name=Lamp Price=19.99}" },
        { "Products(3)?$select=Price", Payload.Entity, "{Price=null}" },
        { "Products(Sku='P-2')?$select=Name", Payload.Entity, "{Name=Lampshade 100%}" },
        { "Customers(2)/Manager?$select=Id", Payload.Entity, "{Id=1}" },
        { "OrderLines(OrderId=101,LineNo=2)/Order?$select=Status", Payload.Entity, "{Status=open}" },
        { "Customers(1)/Orders(102)?$select=Id", Payload.Entity, "{Id=102}" },
        { "Customers(1)/Manager", Payload.Nothing, "nothing" },
        { "Products(3)/Price", Payload.Nothing, "nothing" },
        { "Customers(1)?$select=Id&$expand=Manager", Payload.Entity, "{ Manager:{}Id=1}" },
        { "Customers(2)?$select=Id&$expand=Manager($select=Name)", Payload.Entity, "{ Manager:{Name=Ada}Id=2}" },
        { "Customers(1)?$select=Id&$expand=Orders($select=Id)", Payload.Entity, "{ Orders:[{Id=101}{Id=102}{Id=105}]Id=1}" },
        { "Customers?$select=Id&$expand=Orders($select=Id;$count=true;$top=1)&$top=2", Payload.Collection, "[{ Orders:[{Id=101}]#3Id=1}{ Orders:[{Id=103}]#1Id=2}]" },
        { "Customers?$select=Id&$expand=Orders&$top=1", Payload.Collection, "[{ Orders:[{Id=101 *}*]Id=1}]" },
        { "Customers?$expand=*&$top=1", Payload.Collection, "[{ Manager:{} CustomersByManager:* Orders:*Id=1 *}]" },
        { "Customers?$select=Id&$expand=Orders($select=Id;$expand=OrderLines($select=Quantity;$expand=Product($select=Sku)))&$filter=Id eq 1", Payload.Collection,
            "[{ Orders:[{ OrderLines:[{ Product:{Sku=P-1}Quantity=2}{ Product:{Sku=P-2}Quantity=1}]Id=101}*]Id=1}]" },
        { "Customers?$select=Id&$expand=Manager($select=Id;$expand=Manager($select=Id),Orders($select=Id))&$filter=Id eq 4", Payload.Collection,
            "[{ Manager:{ Manager:{Id=1} Orders:[{Id=103}]Id=2}Id=4}]" },
        { "Customers(4)?$select=Id&$expand=Manager($select=Id;$levels=2)", Payload.Entity, "{ Manager:{ Manager:{Id=1}Id=2}Id=4}" },
        { "Customers(1)?$select=Id,Orders&$expand=Orders($select=Id;$top=1)", Payload.Entity, "{ Orders:[{Id=101}]Id=1}" },
        { "Customers(1)?$select=Id,Orders", Payload.Entity, "{Id=1}" },
        { "Customers(2)?$select=Id&$expand=Orders/$ref,Manager/$ref", Payload.Entity, "{ Manager:{*Customers(1)} Orders:[{*Orders(103)}]Id=2}" },
        { "Orders(101)/Customer/$ref", Payload.Reference, "*/Customers(1)" },
        { "Customers(1)/Orders/$ref", Payload.References, "*/Orders(101) */Orders(102) */Orders(105)" },
        { "Customers/$filter(Id gt 4)?$select=Id", Payload.Collection, "[{Id=5}]" },
        { "$entity?$id=Products(1)&$select=Id", Payload.Entity, "{Id=1}" },
        { "Customers(1)/Id", Payload.Property, "1" },
        { "Customers(1)/Name", Payload.Property, "Ada" },
        { "Customers(4)/Balance", Payload.Property, "99999999999.9999" },
        { "Customers(1)/Rating", Payload.Property, "4.5" },
        { "Customers(1)/IsActive", Payload.Property, "True" },
        { "Customers(1)/CreatedAt", Payload.Property, "2024-01-31T10:20:30.1234560+00:00" },
        { "Customers(1)/Birthday", Payload.Property, "1990-12-31" },
        { "Customers(1)/Opens", Payload.Property, "08:30:00.0000000" },
        { "Customers(1)/Token", Payload.Property, "00000001-0000-0000-0000-000000000000" },
        { "Customers(1)/Picture", Payload.Property, "FBFF00" },
        { "Orders(101)/Id", Payload.Property, "101" },
        { "Customers(1)/Name/$value", Payload.Value, "Ada" },
        { "Customers(1)/Balance/$value", Payload.Value, "1250.5000" },
        { "Customers(1)/Picture/$value", Payload.Value, "FBFF00" },
        { "Customers/$count", Payload.Value, "5" },
        { "Customers(1)/Orders/$count?$filter=Total gt 100", Payload.Value, "1" },
        { "Customers(1)/Manager/$ref", Payload.Nothing, "nothing" },
        { "Customers(1)/Orders/$ref?$filter=Total ge 100", Payload.References, "*/odata/Orders(101) *Orders(102)" },
        { "Tags/$ref?$count=true&$top=1", Payload.References, "#3 *Tags(1)" },
        { "Tags?$expand=*/$ref&$top=1", Payload.Collection, "[{Id=1 Name=light}]" },
        { "Orders(101)?$select=Id&$expand=Customer/$ref", Payload.Entity, "{ Customer:{*Customers(1)}Id=101}" },
        { "Customers?$select=Id&$expand=Orders/$ref($filter=Total gt 100)&$filter=Id le 2", Payload.Collection, "[{ Orders:[{*Orders(102)}]Id=1}{ Orders:[]Id=2}]" },
        { "Tags?$search=light", Payload.Collection, "[{Id=1 Name=light}]" },
        { "Customers/$filter(@f)?@f=Id gt 3&$select=Id", Payload.Collection, "[{Id=4}{Id=5}]" },
        { "Customers/$filter(Id gt 3)(4)?$select=Id", Payload.Entity, "{Id=4}" },
        { "$all/BackendApi.Tags?$select=Id&$top=1", Payload.Collection, "[{Id=1}]" },
        { "$all?$search=light&$count=true", Payload.Collection, "[{Id=1 Name=light}]#1" },
        { "Customers(99)", Payload.Error, "EntityNotFound" },
        { "Custmers", Payload.Error, "NotFound" },
        { "Customers?$filter=Name eq", Payload.Error, "MalformedUrl" },
        { "Customers?$filter=geo.length(Name) gt 1", Payload.Error, "NotImplemented" },
    };

    /// <summary>
    /// Properties that no type declares are an error to it, even those that the request itself makes, unless it is told to take them. It cannot read two
    /// kinds of response at all: <c>$expand=Orders/$count</c>, because it wants no count without the collection, and <c>$crossjoin</c>.
    /// </summary>
    public static readonly TheoryData<string, Payload, string> RequestsWithNamesOfTheirOwn = new()
    {
        { "Customers?$compute=Id mul 2 as Twice&$select=Id,Twice&$top=2", Payload.Collection, "[{Id=1 Twice=2}{Id=2 Twice=4}]" },
        { "Tags?$compute=length(Name) as Letters,concat(Name,'!') as Loud&$top=1", Payload.Collection, "[{Id=1 Name=light Letters=5 Loud=\"light!\"}]" },
        { "Customers(1)?$compute=year(CreatedAt) as Since,IsActive and Id gt 1 as Old&$select=Since,Old", Payload.Entity, "{Since=2024 Old=False}" },
        { "Products?$compute=Price add 1 as More&$select=Id,More&$filter=Id in (1,3)", Payload.Collection, "[{Id=1 More=20.99}{Id=3 More=null}]" },
        { "Orders?$apply=aggregate(Total with sum as Sum,$count as N)", Payload.Collection, "[{Sum=525.51 N=5}]" },
        { "Orders?$apply=groupby((Status),aggregate(Total with average as Mean,PlacedAt with max as Last))", Payload.Collection, "[{Status=closed Mean=37.505 Last=2024-03-05T12:00:00.0000000+00:00}*{Status=paid Mean=250.5 *}]" },
        { "Orders?$apply=groupby((Customer/Country,Customer/Manager/Name),aggregate($count as N))", Payload.Collection, "*" },
        { "Orders?$apply=groupby((rollup($all,Status)),aggregate($count as N))", Payload.Collection, "[{Status=closed N=2}{Status=open N=2}{Status=paid N=1}{N=5}]" },
        { "Orders?$apply=topcount(1,Total)", Payload.Collection, "[{Id=102 CustomerId=1 Status=paid Total=250.50 PlacedAt=2024-03-02T09:00:00.0000000+00:00}]" },
        { "Customers(1)?$select=Id&$expand=Orders($compute=Total mul 2 as Twice;$select=Twice)", Payload.Entity, "{ Orders:[{Twice=200}{Twice=501}{Twice=150}]Id=1}" },
        { "Orders?$apply=groupby((Status),aggregate(Total with sum as Sum,$count as N))&$orderby=Status", Payload.Collection, "[{Status=closed Sum=75.01 N=2}{Status=open Sum=200.00 N=2}{Status=paid Sum=250.50 N=1}]" },
        { "Orders?$apply=aggregate(Total with max as Most,$count as N)", Payload.Collection, "[{Most=250.50 N=5}]" },
        { "Orders?$apply=groupby((Customer/Name),aggregate($count as N))&$top=1", Payload.Collection, "[{ Customer:{Name=Ada}N=3}]" },
        { "Orders?$apply=filter(Total ge 100)/compute(Total mul 2 as Twice)/topcount(1,Twice)&$select=Id,Twice", Payload.Collection, "[{Id=102 Twice=501}]" },
    };

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads(string request, Payload kind, string found) => Reads(request, kind, found, "minimal", ODataVersion.V4);

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads_full_metadata(string request, Payload kind, string found) => Reads(request, kind, found, "full", ODataVersion.V4);

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads_4_01(string request, Payload kind, string found) => Reads(request, kind, found, "minimal", ODataVersion.V401);

    [DatabaseTheory, MemberData(nameof(RequestsWithNamesOfTheirOwn))]
    public Task It_reads_what_a_request_computes(string request, Payload kind, string found) =>
        Reads(request, kind, found, "minimal", ODataVersion.V4, takesUndeclared: true);

    [DatabaseTheory, MemberData(nameof(RequestsWithNamesOfTheirOwn))]
    public Task It_reads_what_a_request_computes_with_full_metadata(string request, Payload kind, string found) =>
        Reads(request, kind, found, "full", ODataVersion.V4, takesUndeclared: true);

    [DatabaseTheory]
    [InlineData("Customers?$select=Id", "[{Id=1}{Id=2}]+")]
    [InlineData("Customers?$select=Id&$count=true", "[{Id=1}{Id=2}]#5+")]
    public Task It_sees_that_there_is_more(string request, string found) =>
        Reads(request, Payload.Collection, found, "minimal", ODataVersion.V4, more: ("Prefer", "maxpagesize=2"));
}
