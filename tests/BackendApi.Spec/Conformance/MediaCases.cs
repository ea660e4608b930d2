using System.Net;
using BackendApi.Testing;

namespace BackendApi.Spec.Conformance;

/// <summary>Media entities: the stream is a column, and so is its media type.</summary>
public abstract class MediaCases(ReferenceService service)
{
    [DatabaseTheory]
    [InlineData("Photos(1)/$value", "89504E4700FF", "image/png")]
    [InlineData("Photos(2)/$value", "FFD8FF", "application/octet-stream")]
    public async Task A_stream_with_its_type(string request, string bytes, string mediaType)
    {
        using var response = await service.Send(HttpMethod.Get, request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be(mediaType);
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        Convert.ToHexString(await response.Content.ReadAsByteArrayAsync()).Should().Be(bytes);
    }

    [DatabaseFact]
    public Task A_stream_that_is_null() => service.AnswersNothing("Photos(3)/$value");

    [DatabaseFact]
    public Task A_stream_of_nothing() => service.Refuses("Photos(99)/$value", 404, "EntityNotFound");

    [DatabaseFact]
    public Task A_set_without_streams() => service.Refuses("Orders(1)/$value", 404, null);

    [DatabaseFact]
    public Task Full_metadata_leads_to_the_stream() => service.Answers(
        "Photos(1)?$select=Name",
        """
        {"@odata.context":"{root}$metadata#Photos(Name)/$entity","@odata.type":"#BackendApi.Photos","@odata.id":"{root}Photos(1)","@odata.editLink":"Photos(1)",
        "@odata.mediaReadLink":"Photos(1)/$value","@odata.mediaContentType":"image/png","Name":"sea"}
        """, ("Accept", "application/json;odata.metadata=full"));
}
