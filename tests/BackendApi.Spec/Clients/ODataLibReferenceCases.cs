using BackendApi.Spec.Conformance;
using Microsoft.OData;

namespace BackendApi.Spec.Clients;

/// <summary>As <see cref="ODataLibCases"/>, of a model that is not flat: complex properties, enumerations, durations, derived types, a singleton, media.</summary>
public abstract class ODataLibReferenceCases(ReferenceService service) : ODataLibJudge(service)
{
    public static readonly TheoryData<string, Payload, string> Requests = new()
    {
        { "", Payload.Service, "Customers * Orders Perks Photos !Config" },
        { "Customers", Payload.Collection, "[{ Address:{Street=Main Street 1 City=Berlin Zip=10115}*Status=Open Wait=02:00:00*}*{*ID=2*Wait=00:30:00*}*{ Address:{}*ID=3*}*]" },
        { "Customers?$select=ID,Address/City&$filter=ID eq 1", Payload.Collection, "[{ Address:{City=Berlin}ID=1}]" },
        { "Customers?$select=ID,Address($select=Zip)&$filter=ID eq 4", Payload.Collection, "[{ Address:{Zip=50667}ID=4}]" },
        { "Customers(1)/Address", Payload.Entity, "{Street=Main Street 1 City=Berlin Zip=10115}" },
        { "Customers(1)/Address/City", Payload.Property, "Berlin" },
        { "Customers(3)/Address", Payload.Nothing, "nothing" },
        { "Customers(1)/Status", Payload.Property, "Open" },
        { "Customers(1)/Status/$value", Payload.Value, "Open" },
        { "Customers(4)/Wait", Payload.Property, "1.00:00:00" },
        { "Customers/BackendApi.VipCustomer?$select=ID,Level", Payload.Collection, "[{ID=1 Level=3}{ID=3 Level=1}]" },
        { "Customers(1)/BackendApi.VipCustomer?$select=Level", Payload.Entity, "{Level=3}" },
        { "Customers(1)/BackendApi.VipCustomer/Level", Payload.Property, "3" },
        { "Customers?$select=ID,BackendApi.VipCustomer/Level&$filter=ID le 2", Payload.Collection, "[{ID=1 Level=3}{ID=2}]" },
        { "Customers(2)?$select=ID&$expand=Manager/BackendApi.VipCustomer($select=Level)", Payload.Entity, "{ Manager:{Level=3}ID=2}" },
        { "Customers(2)?$select=ID&$expand=Orders($select=ID,Amount),Manager($select=ID)", Payload.Entity, "{ Manager:{ID=1} Orders:[{ID=3 Amount=7.25}]ID=2}" },
        { "Customers?$filter=Status eq 'Open' and Wait gt duration'PT1H'&$select=ID", Payload.Collection, "[{ID=1}]" },
        { "Config?$select=Company", Payload.Entity, "{Company=Blue & Sons}" },
        { "Config/Company", Payload.Property, "Blue & Sons" },
        { "Config/BestCustomer?$select=ID", Payload.Entity, "{ID=1}" },
        { "Photos", Payload.Collection, "[{ID=1 Name=sea}{ID=2 Name=hill}{ID=3 Name=blank}]" },
        { "Photos(1)/Name", Payload.Property, "sea" },
        { "$all?$top=3", Payload.Collection, "[{*}{*}{*}]" },
    };

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads(string request, Payload kind, string found) => Reads(request, kind, found, "minimal", ODataVersion.V4);

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads_full_metadata(string request, Payload kind, string found) => Reads(request, kind, found, "full", ODataVersion.V4);

    [DatabaseTheory, MemberData(nameof(Requests))]
    public Task It_reads_4_01(string request, Payload kind, string found) => Reads(request, kind, found, "minimal", ODataVersion.V401);
}
