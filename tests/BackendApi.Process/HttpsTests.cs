using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes;

/// <summary>The program serves HTTPS itself, with a certificate of its settings: then plain HTTP leads there without another setting.</summary>
public sealed class HttpsTests : InEmptyFolder
{
    private const string Password = "test";

    [Fact]
    public async Task Plain_HTTP_leads_to_the_address_that_the_program_listens_at_and_there_browsers_are_told_to_stay()
    {
        var certificate = Path.Combine(Folder, "shop.pfx");
        var (file, hash) = Certificate();
        await File.WriteAllBytesAsync(certificate, file);
        int plain = HostProcess.FreePort(), secure = HostProcess.FreePort();
        await using var host = HostProcess.ServeOn(plain, Folder, "--Demo:Enabled=false",
            string.Create(CultureInfo.InvariantCulture, $"--Urls=http://127.0.0.1:{plain};https://127.0.0.1:{secure}"),
            $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:Password={Password}");
        await host.ReadyAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == hash } });

        using var redirect = await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{plain}/odata/?$top=1"), "shop.example");
        redirect.StatusCode.Should().Be(HttpStatusCode.PermanentRedirect);
        redirect.Headers.Location!.OriginalString.Should().Be(string.Create(CultureInfo.InvariantCulture, $"https://shop.example:{secure}/odata/?$top=1"));

        using var answer = await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{secure}/odata/"), "shop.example");
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.GetValues("Strict-Transport-Security").Should().Equal("max-age=2592000");
        using var local = await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{plain}/odata/"), "localhost");
        local.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "nothing leaves the machine");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = host } };
        return await client.SendAsync(request);
    }

    private static (byte[] File, string Hash) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.Export(X509ContentType.Pfx, Password), certificate.GetCertHashString());
    }
}
