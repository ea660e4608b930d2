using BackendApi.Spec.Clients;
using Microsoft.OData;
using static BackendApi.Spec.ChangeTracking.TrackedTables;

namespace BackendApi.Spec.ChangeTracking;

/// <summary>Microsoft.OData.Core's message reader, which Excel and Power BI have inside, reads delta payloads and finds nothing to complain of.</summary>
public abstract class ODataLibDeltaCases(TrackedService service) : ODataLibJudge(service)
{
    [DatabaseTheory]
    [InlineData("minimal", "4.0")]
    [InlineData("full", "4.0")]
    [InlineData("minimal", "4.01")]
    public async Task It_reads_a_delta(string level, string version)
    {
        var odata = version == "4.0" ? ODataVersion.V4 : ODataVersion.V401;
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id IN (300, 301, 302)", [300], [301], [302]);
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (301, 'goes', 'open', 1), (302, 'leaves', 'open', 1)", [301], [302]);
        await Reads("Tickets?$filter=Id eq 301&$select=Id", Payload.Collection, "[{Id=301}]^", level, odata, more: ("Prefer", "track-changes"));
        var link = await service.Track("Tickets?$filter=State eq 'open'&$select=Id,Title");
        await service.Write("Tickets", $"INSERT INTO {Ticket} VALUES (300, 'comes', 'open', 1)", [300]);
        await service.Write("Tickets", $"DELETE FROM {Ticket} WHERE id = 301", [301]);
        await service.Write("Tickets", $"UPDATE {Ticket} SET state = 'closed' WHERE id = 302", [302]);

        await Reads(link, Payload.Delta, "[{Id=300 Title=comes}-http*Tickets(301) Deleted-http*Tickets(302) Changed]^", level, odata);
        await Reads(link, Payload.Delta, "[{Id=300 Title=comes}]+", level, odata, more: ("Prefer", "maxpagesize=1"));
    }
}
