using BackendApi.Testing;

namespace BackendApi.Spec.Writing;

/// <summary>Streams of media entities: upload and download in parts (Protocol 11.4.7; RFC 9110, 14).</summary>
public abstract class MediaWriteCases(WritableStreams service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_stream_takes_the_place_of_another_with_its_media_type()
    {
        (await service.Upload("PUT", "Documents(1)/$value", [1, 2, 0, 255], "image/png")).Is(204);

        var (answer, bytes) = await service.Download("Documents(1)/$value");
        answer.Is(200).Has("Content-Type", "image/png").Has("Content-Length", "4");
        bytes.Should().Equal(1, 2, 0, 255);
        await service.Shows("Documents(1)?$select=Name", """{"Name":"greeting"}""");
    }

    [DatabaseTheory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(5_000_000)]
    public async Task A_stream_of_any_length_comes_back_as_it_was(int length)
    {
        var bytes = new byte[length];
        new Random(17).NextBytes(bytes);
        (await service.Upload("PUT", "Documents(2)/$value", bytes, "application/x-thing")).Is(204);

        var (answer, read) = await service.Download("Documents(2)/$value");
        answer.Is(200).Has("Content-Type", "application/x-thing");
        read.AsSpan().SequenceEqual(bytes).Should().BeTrue();
    }

    [DatabaseFact]
    public async Task A_media_entity_begins_with_its_stream()
    {
        var answer = await service.Upload("POST", "Documents", new byte[100_000], "image/jpeg");

        answer.Is(201, """{"Id":3,"Name":null,"FolderId":null}""").Has("Location", "{root}Documents(3)");
        (await service.Download("Documents(3)/$value")).Answer.Is(200).Has("Content-Type", "image/jpeg").Has("Content-Length", "100000");
        (await service.Upload("POST", "Folders(1)/Documents", "x"u8.ToArray(), "text/plain", ("Prefer", "return=minimal"))).Is(204);
        await service.Shows("Folders(1)/Documents?$select=Id", """[{"Id":1},{"Id":4}]""");
    }

    [DatabaseFact]
    public async Task A_media_entity_that_is_posted_as_JSON_has_no_stream_yet()
    {
        (await service.Write("POST", "Documents", """{"Name":"later"}""")).Is(201);

        (await service.Download("Documents(3)/$value")).Answer.Is(204);
    }

    [DatabaseFact]
    public async Task A_stream_that_is_deleted_is_null()
    {
        (await service.Write("DELETE", "Documents(1)/$value")).Is(204);

        (await service.Download("Documents(1)/$value")).Answer.Is(204);
        (await service.Write("DELETE", "Seals(1)/$value")).IsRefused(400, ("RequiredMissing", null));
    }

    [DatabaseFact]
    public async Task A_stream_is_stored_only_over_the_version_that_If_Match_names()
    {
        var tag = (await service.Download("Documents(1)/$value")).Answer.Headers["ETag"];
        var answer = await service.Upload("PUT", "Documents(1)/$value", new byte[70_000], "text/plain", ("If-Match", tag));

        answer.Is(204);
        answer.Headers["ETag"].Should().NotBe(tag);
        (await service.Upload("PUT", "Documents(1)/$value", [], "text/plain", ("If-Match", tag))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        (await service.Download("Documents(1)/$value", ("If-None-Match", answer.Headers["ETag"]))).Answer.Is(304);
    }

    [DatabaseFact]
    public async Task What_cannot_be_stored_is_refused()
    {
        (await service.Upload("PUT", "Documents(9)/$value", [1], "text/plain")).IsRefused(404, ("EntityNotFound", null));
        (await service.Upload("PUT", "Seals(1)/$value", [1], "image/gif")).IsRefused(415, ("UnsupportedMediaType", "Content-Type"));
        (await service.Upload("PUT", "Documents(1)/$value", [1], "text/" + new string('x', 50))).IsRefused(400, ("InvalidHeader", "Content-Type"));
        (await service.Upload("PUT", "FixedSeals(1)/$value", [1], "image/png")).Status.Should().Be(405);
        (await service.Upload("POST", "Documents(1)/$value", [1], "text/plain")).Has("Allow", "GET, PUT, DELETE").IsRefused(405, ("MethodNotAllowed", null));
        (await service.Upload("POST", "Folders", [1], "text/plain")).IsRefused(415, ("UnsupportedMediaType", "Content-Type"));
        (await service.Upload("PUT", "Seals(1)/$value", "PNG"u8.ToArray(), null)).Is(204);
    }

    [DatabaseFact]
    public async Task An_upload_on_trial_changes_nothing()
    {
        (await service.Upload("PUT", "Documents(1)/$value", new byte[100_000], "text/plain", ("Prefer", "validate-only"))).Is(204);

        (await service.Download("Documents(1)/$value")).Answer.Body.Should().Be("Hello, world");
    }

    [DatabaseTheory]
    [InlineData("bytes=0-4", "Hello", "bytes 0-4/12")]
    [InlineData("bytes=7-", "world", "bytes 7-11/12")]
    [InlineData("bytes=-3", "rld", "bytes 9-11/12")]
    [InlineData("bytes=-99", "Hello, world", "bytes 0-11/12")]
    [InlineData("bytes=4-99", "o, world", "bytes 4-11/12")]
    public async Task A_part_of_a_stream(string range, string text, string contentRange)
    {
        var (answer, _) = await service.Download("Documents(1)/$value", ("Range", range));

        answer.Status.Should().Be(206);
        answer.Body.Should().Be(text);
        answer.Has("Content-Range", contentRange).Has("Content-Length", text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).Has("Content-Type", "text/plain");
    }

    [DatabaseTheory]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=5-2")]
    [InlineData("nonsense")]
    public async Task Of_ranges_that_are_not_understood_the_whole_is_sent(string range)
    {
        var (answer, _) = await service.Download("Documents(1)/$value", ("Range", range));

        answer.Status.Should().Be(200);
        answer.Has("Accept-Ranges", "bytes").Body.Should().Be("Hello, world");
    }

    [DatabaseFact]
    public async Task A_range_behind_the_end_is_416()
    {
        (await service.Download("Documents(1)/$value", ("Range", "bytes=12-"))).Answer.Has("Content-Range", "bytes */12").IsRefused(416, ("RangeNotSatisfiable", "Range"));
    }

    [DatabaseFact]
    public async Task A_part_out_of_the_middle_of_a_long_stream()
    {
        var bytes = new byte[1_000_000];
        new Random(18).NextBytes(bytes);
        await service.Upload("PUT", "Documents(1)/$value", bytes, "text/plain");

        (await service.Download("Documents(1)/$value", ("Range", "bytes=500000-500999"))).Bytes.AsSpan().SequenceEqual(bytes.AsSpan(500_000, 1_000)).Should().BeTrue();
    }
}
