using BackendApi.Spec.Modules;
using BackendApi.Spec.Writing;
using BackendApi.Testing;
using Microsoft.OData;

namespace BackendApi.Spec.Clients;

/// <summary>As <see cref="ODataLibCases"/>, of entities that offer operations.</summary>
public abstract class ODataLibOperationCases(LoyaltyService service) : ODataLibJudge(service)
{
    public static readonly TheoryData<string, Payload, string> Requests = new()
    {
        { "Customers", Payload.Collection, "[{*}{*}{*}]" },
        { "Customers(1)?$expand=Accounts", Payload.Entity, "{*Name=Ada*}" },
        { "LoyaltyAccounts(1)", Payload.Entity, "{*Points=1200*}" },
        { "Levels", Payload.Collection, "[{*}{*}{*}]" },
    };

    [DatabaseTheory, MemberData(nameof(Requests))]
    public async Task It_reads_full_metadata(string request, Payload kind, string found)
    {
        await service.ResetAsync();
        await Reads(request, kind, found, "full", ODataVersion.V4);
    }

    [DatabaseTheory, MemberData(nameof(Requests))]
    public async Task It_reads_full_metadata_of_4_01(string request, Payload kind, string found)
    {
        await service.ResetAsync();
        await Reads(request, kind, found, "full", ODataVersion.V401);
    }
}

/// <summary>As <see cref="ODataLibCases"/>, of entities with streams.</summary>
public abstract class ODataLibStreamCases(WritableStreams service) : ODataLibJudge(service)
{
    public static readonly TheoryData<string, Payload, string> Requests = new()
    {
        { "People", Payload.Collection, "[{*Name=Ada*}{*Name=Bob*}]" },
        { "People(1)?$select=Name,Portrait", Payload.Entity, "{*Name=Ada*}" },
        { "Documents(1)", Payload.Entity, "{*Name=greeting*}" },
    };

    [DatabaseTheory, MemberData(nameof(Requests))]
    public async Task It_reads(string request, Payload kind, string found)
    {
        await service.ResetAsync();
        await Reads(request, kind, found, "minimal", ODataVersion.V4);
        await Reads(request, kind, found, "minimal", ODataVersion.V401);
    }

    [DatabaseTheory, MemberData(nameof(Requests))]
    public async Task It_reads_full_metadata(string request, Payload kind, string found)
    {
        await service.ResetAsync();
        await Reads(request, kind, found, "full", ODataVersion.V4);
        await Reads(request, kind, found, "full", ODataVersion.V401);
    }
}
