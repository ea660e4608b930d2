using System.Security.Cryptography;
using BackendApi.Testing;

namespace BackendApi.Spec.Auditing;

/// <summary>Streams are told by their length and hash, whatever way they take into the database.</summary>
public abstract class AuditedStreamCases(AuditedStreams service) : IAsyncLifetime
{
    public Task InitializeAsync() => service.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseTheory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(300_000)]
    public async Task A_stream_that_takes_the_place_of_another(int length)
    {
        var bytes = Bytes(length);
        (await service.Told(async () => (await service.Upload("PUT", "Documents(1)/$value", bytes, "image/png")).Is(204))).Should().Be(
            $$$"""Update Documents(1) 1 [{"key":"1","before":{"content_type":"text/plain"},"after":{"content":{{{Print(bytes)}}},"content_type":"image/png"}}]""");
    }

    [DatabaseTheory]
    [InlineData(4)]
    [InlineData(300_000)]
    public async Task A_media_entity_that_begins_with_its_stream(int length)
    {
        var bytes = Bytes(length);
        (await service.Told(async () => (await service.Upload("POST", "Documents", bytes, "image/png")).Is(201))).Should()
            .StartWith("Create Documents(3) 1 ").And.Contain($"\"content\":{Print(bytes)}").And.Contain("\"Id\":3");
    }

    [DatabaseFact]
    public async Task A_stream_that_is_deleted() =>
        (await service.Told(async () => (await service.Write("DELETE", "Documents(1)/$value")).Is(204))).Should().Contain("\"after\":{\"content\":null");

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(17).NextBytes(bytes);
        return bytes;
    }

    private static string Print(byte[] bytes) => $$"""{"length":{{bytes.Length}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}"}""";
}
