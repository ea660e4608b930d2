using BackendApi.Access.Rights;
using BackendApi.Testing;
using static BackendApi.Spec.Rights.RestrictedCaller;

namespace BackendApi.Spec.Writing;

/// <summary>Binary columns as properties of type Edm.Stream (Protocol 11.4.8; JSON Format 9; RFC 9110, 14).</summary>
public abstract class StreamPropertyCases(WritableStreams service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task A_stream_is_answered_with_its_media_type()
    {
        var (answer, bytes) = await service.Download("People(1)/Portrait");
        answer.Is(200).Has("Content-Type", "image/png").Has("Content-Length", "12").Has("Accept-Ranges", "bytes").Has("X-Content-Type-Options", "nosniff");
        bytes.Should().Equal("Hello, world"u8.ToArray());
        (await service.Download("People(1)/Autograph")).Answer.Is(200).Has("Content-Type", "image/svg+xml").Body.Should().Be("A");
        (await service.Download("BarePeople/1/Portrait")).Answer.Is(200).Has("Content-Type", "application/octet-stream");
        (await service.Download("People(2)/Portrait")).Answer.Is(204);
        (await service.Write("GET", "People(9)/Portrait")).IsRefused(404, ("EntityNotFound", null));
    }

    [DatabaseFact]
    public async Task The_head_of_a_stream_says_what_its_body_would()
    {
        var answer = await service.Upload("HEAD", "People(1)/Portrait", [], null);
        answer.Is(200).Has("Content-Type", "image/png").Has("Content-Length", "12");
        answer.Body.Should().BeEmpty();
    }

    [DatabaseTheory]
    [InlineData(12)]
    [InlineData(65_536)]
    [InlineData(3_000_000)]
    public async Task A_stream_takes_the_place_of_another_with_its_media_type(int length)
    {
        var bytes = new byte[length];
        new Random(19).NextBytes(bytes);
        (await service.Upload("PUT", "People(2)/Portrait", bytes, "image/webp")).Is(204);

        var (answer, read) = await service.Download("People(2)/Portrait");
        answer.Is(200).Has("Content-Type", "image/webp");
        read.AsSpan().SequenceEqual(bytes).Should().BeTrue();
        await service.Shows("People?$select=Name,PortraitType", """[{"Name":"Ada","PortraitType":"image/png"},{"Name":"Bob","PortraitType":"image/webp"}]""");
    }

    [DatabaseFact]
    public async Task A_stream_that_is_deleted_is_null()
    {
        (await service.Write("DELETE", "People(1)/Portrait")).Is(204);

        (await service.Download("People(1)/Portrait")).Answer.Is(204);
        (await service.Write("DELETE", "BarePeople(1)/Signature")).IsRefused(400, ("RequiredMissing", null));
    }

    [DatabaseFact]
    public async Task What_cannot_be_stored_is_refused()
    {
        (await service.Upload("PUT", "People(9)/Portrait", [1], "image/png")).IsRefused(404, ("EntityNotFound", null));
        (await service.Upload("PUT", "People(1)/Autograph", [1], "image/svg+xml")).IsRefused(400, ("ImmutableProperty", null)).Says("This stream cannot be changed.");
        (await service.Upload("PUT", "BarePeople(1)/Signature", [1], "image/gif")).IsRefused(415, ("UnsupportedMediaType", "Content-Type"));
        (await service.Upload("POST", "People(1)/Portrait", [1], "image/png")).Has("Allow", "GET, PUT, DELETE").IsRefused(405, ("MethodNotAllowed", null));
        (await service.Write("PATCH", "People(1)", """{"Portrait":"SGk","Portrait@odata.mediaReadLink":"People(1)/Portrait"}"""))
            .IsRefused(400, ("UnknownProperty", "Portrait")).Says("This property is a stream: PUT stores it at the address of the property.");
    }

    [DatabaseFact]
    public async Task A_stream_has_the_strong_ETag_of_its_row_where_a_column_counts_changes()
    {
        var tag = (await service.Download("People(1)/Portrait")).Answer.Headers["ETag"];
        tag.Should().StartWith("\"");
        (await service.Download("People(1)/Portrait", ("If-None-Match", tag))).Answer.Is(304);
        var stored = await service.Upload("PUT", "People(1)/Portrait", "other"u8.ToArray(), "image/png", ("If-Match", tag));

        stored.Is(204).Headers["ETag"].Should().StartWith("\"").And.NotBe(tag);
        (await service.Download("People(1)/Portrait")).Answer.Has("ETag", stored.Headers["ETag"]);
        (await service.Upload("PUT", "People(1)/Portrait", [], "image/png", ("If-Match", tag))).IsRefused(412, ("PreconditionFailed", "If-Match"));
        (await service.Write("DELETE", "People(1)/Portrait", null, ("If-Match", tag))).IsRefused(412, ("PreconditionFailed", "If-Match"));
    }

    [DatabaseFact]
    public async Task A_part_of_a_stream()
    {
        (await service.Download("People(1)/Portrait", ("Range", "bytes=7-"))).Answer.Has("Content-Range", "bytes 7-11/12").Is(206).Body.Should().Be("world");
        (await service.Download("People(1)/Portrait", ("Range", "bytes=12-"))).Answer.Has("Content-Range", "bytes */12").IsRefused(416, ("RangeNotSatisfiable", "Range"));
    }

    [DatabaseFact]
    public async Task If_Range_takes_a_part_of_the_bytes_that_the_client_knows_and_else_the_whole()
    {
        var tag = (await service.Download("People(1)/Portrait")).Answer.Headers["ETag"];

        (await service.Download("People(1)/Portrait", ("Range", "bytes=0-4"), ("If-Range", tag))).Answer.Is(206).Body.Should().Be("Hello");
        await service.Upload("PUT", "People(1)/Portrait", "Good morning"u8.ToArray(), "image/png");
        (await service.Download("People(1)/Portrait", ("Range", "bytes=0-4"), ("If-Range", tag))).Answer.Is(200).Body.Should().Be("Good morning");
        (await service.Download("People(1)/Portrait", ("Range", "bytes=0-4"), ("If-Range", "Sat, 29 Oct 1994 19:43:31 GMT"))).Answer.Is(200);
    }

    [DatabaseFact]
    public async Task Entities_show_nothing_of_streams_that_conventions_do_not_say()
    {
        await service.Shows("People(2)", """{"Id":2,"Name":"Bob","PortraitType":null,"Version":1}""");
        var answer = await service.Write("GET", "People?$filter=Id eq 2&$select=Name");
        answer.Body.Should().NotContain("media");
    }

    [DatabaseTheory]
    [InlineData("4.0", "@odata.")]
    [InlineData("4.01", "@")]
    public async Task Full_metadata_leads_to_the_streams(string version, string prefix)
    {
        var tag = (await service.Download("People(1)/Portrait")).Answer.Headers["ETag"].Trim('"');
        await service.Answers("People(1)?$select=Name,Portrait,Autograph", $$"""
            {"{{prefix}}context":"{root}$metadata#People(Name,Portrait,Autograph)/$entity","{{prefix}}type":"#BackendApi.People","{{prefix}}id":"{root}People(1)","{{prefix}}editLink":"People(1)",
            "Portrait{{prefix}}mediaReadLink":"People(1)/Portrait","Portrait{{prefix}}mediaEditLink":"People(1)/Portrait","Portrait{{prefix}}mediaContentType":"image/png","Portrait{{prefix}}mediaEtag":"\"{{tag}}\"",
            "Autograph{{prefix}}mediaReadLink":"People(1)/Autograph","Autograph{{prefix}}mediaContentType":"image/svg+xml","Autograph{{prefix}}mediaEtag":"\"{{tag}}\"",
            "{{prefix}}etag":"W/\"{{tag}}\"","Name":"Ada"}
            """, ("Accept", "application/json;odata.metadata=full"), ("OData-MaxVersion", version));
    }

    [DatabaseFact]
    public async Task A_stream_that_is_selected_says_what_it_is()
    {
        var tag = (await service.Download("People(1)/Portrait")).Answer.Headers["ETag"].Trim('"');

        await service.Answers("People(1)?$select=Portrait", $$"""
            {"@odata.context":"{root}$metadata#People(Portrait)/$entity","@odata.etag":"W/\"{{tag}}\"","Portrait@odata.mediaContentType":"image/png","Portrait@odata.mediaEtag":"\"{{tag}}\""}
            """);
        await service.Shows("People(1)?$select=Portrait", "{}");
    }

    [DatabaseTheory]
    [InlineData("People?$filter=Portrait eq null", 400, "TypeMismatch")]
    [InlineData("People?$orderby=Portrait", 400, "TypeMismatch")]
    [InlineData("People?$compute=Portrait as P", 400, "TypeMismatch")]
    [InlineData("People?$apply=groupby((Portrait))", 400, "TypeMismatch")]
    [InlineData("People?$apply=aggregate(Portrait with max as P)", 400, "TypeMismatch")]
    [InlineData("People?$expand=Portrait", 501, "NotImplemented")]
    [InlineData("People(1)/Portrait/$value", 404, "NotFound")]
    [InlineData("People(1)/Portrait/$count", 404, "NotFound")]
    public async Task A_stream_stands_where_it_can_be_read_and_nowhere_else(string request, int status, string code)
    {
        var answer = await service.Write("GET", request);
        answer.Status.Should().Be(status, answer.Body);
        answer.Body.Should().Contain($"\"code\":\"{code}\"");
    }

    [DatabaseFact]
    public async Task Metadata_tells_of_streams()
    {
        var xml = (await service.Write("GET", "$metadata")).Body;
        xml.Should().Contain(
            """<Property Name="Portrait" Type="Edm.Stream"><Annotation Term="Org.OData.Core.V1.Description" String="Of the head." /><Annotation Term="Org.OData.Core.V1.MediaType" Path="PortraitType" /></Property>""")
            .And.Contain("""<Property Name="Autograph" Type="Edm.Stream" Nullable="false"><Annotation Term="Org.OData.Core.V1.MediaType" String="image/svg+xml" /><Annotation Term="Org.OData.Core.V1.Permissions" EnumMember="Org.OData.Core.V1.Permission/Read" /></Property>""")
            .And.Contain("""<Annotation Term="Org.OData.Core.V1.AcceptableMediaTypes"><Collection><String>image/png</String></Collection></Annotation>""");
        (await service.Write("GET", "$metadata?$format=json")).Body.Should().Contain(
            """
            "Portrait":{"$Type":"Edm.Stream","$Nullable":true,"@Org.OData.Core.V1.Description":"Of the head.","@Org.OData.Core.V1.MediaType":{"$Path":"PortraitType"}}
            """);
    }

    [DatabaseFact]
    public async Task A_batch_stores_and_reads_streams()
    {
        var answer = await service.Write("POST", "$batch",
            """
            {"requests":[
              {"id":"1","method":"PUT","url":"People(2)/Portrait","headers":{"Content-Type":"image/gif"},"body":"R0lG"},
              {"id":"2","method":"GET","url":"People(2)/Portrait"}]}
            """);

        answer.Status.Should().Be(200);
        answer.Body.Should().Contain("\"status\":204").And.Contain("R0lG").And.Contain("image/gif");
    }

    [DatabaseFact]
    public async Task Who_may_not_read_a_stream_does_not_find_it()
    {
        var caller = await OfAsync(service, [May("People", Verbs.Read | Verbs.Update, read: "Name", write: "Name")]);

        (await caller.Get("People(1)/Portrait")).IsRefused(404, ("NotFound", "the path"));
        (await caller.Write("PUT", "People(1)/Portrait", "{}")).IsRefused(404, ("NotFound", "the path"));
        (await caller.Get("$metadata")).Body.Should().NotContain("Portrait");
    }

    [DatabaseFact]
    public async Task Who_may_not_write_a_stream_only_reads_it()
    {
        var caller = await OfAsync(service, [May("People", Verbs.Read | Verbs.Update, read: "Name Portrait", write: "Name")]);

        (await caller.Get("People(1)/Portrait")).Is(200).Body.Should().Be("Hello, world");
        (await caller.Write("PUT", "People(1)/Portrait", "{}")).IsRefused(400, ("ImmutableProperty", null));
        (await caller.Write("PATCH", "People(1)", """{"Name":"Eve"}""")).Is(204);
    }

    [DatabaseFact]
    public async Task A_stream_of_a_row_in_which_the_caller_may_not_read_it_is_null()
    {
        var caller = await OfAsync(service, [May("People", Verbs.Read, read: "Name")], [May("People", Verbs.Read, "Name eq 'Ada'", read: "Portrait")]);
        await service.Upload("PUT", "People(2)/Portrait", [1], "image/png");

        (await caller.Get("People(1)/Portrait")).Is(200).Body.Should().Be("Hello, world");
        (await caller.Get("People(2)/Portrait")).Is(204);
    }

    [DatabaseFact]
    public async Task A_stream_of_a_row_in_which_the_caller_may_not_write_it_stays()
    {
        var caller = await OfAsync(service, [May("People", Verbs.Read | Verbs.Update, write: "Name")], [May("People", Verbs.Update, "Name eq 'Ada'", write: "Portrait")]);

        (await caller.Write("PUT", "People(1)/Portrait", "{}")).Is(204);
        (await caller.Write("PUT", "People(2)/Portrait", "{}")).IsRefused(403, ("Forbidden", null));
    }

    [DatabaseFact]
    public async Task The_stream_of_a_media_entity_is_granted_by_name()
    {
        var reader = await OfAsync(service, [May("Documents", Verbs.Read | Verbs.Update | Verbs.Create, read: "Name $value", write: "Name")]);
        (await reader.Get("Documents(1)/$value")).Is(200);
        (await reader.Write("PUT", "Documents(1)/$value", "{}")).IsRefused(400, ("ImmutableProperty", null));

        var other = await OfAsync(service, [May("Documents", Verbs.Read | Verbs.Update, read: "Name", write: "Name")]);
        (await other.Get("Documents(1)/$value")).IsRefused(404, ("NotFound", "the path"));
    }
}
