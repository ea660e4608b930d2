using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Xunit;

namespace BackendApi.Processes;

public sealed class ApiKeyCommandTests : InEmptyFolder
{
    [Fact]
    public async Task A_key_made_beside_the_running_server_works_at_once_and_a_revoked_one_no_more()
    {
        await using var host = HostProcess.Serve(Folder, "--Demo:Enabled=false");
        await host.ReadyAsync();

        var key = await CreateAsync("--name", "excel");
        (await StatusAsync(host, key)).Should().Be(HttpStatusCode.OK);

        (await HostProcess.RunAsync(Folder, "api-key", "revoke", "--name", "excel")).ExitCode.Should().Be(0);
        var deadline = DateTime.UtcNow.AddSeconds(2);
        while (await StatusAsync(host, key) == HttpStatusCode.OK)
            DateTime.UtcNow.Should().BeBefore(deadline, "a revoked key is refused within two seconds");
    }

    [Fact]
    public async Task The_list_shows_names_and_last_characters_and_never_a_key()
    {
        var key = await CreateAsync("--name", "excel", "--valid-to", "2099-01-01");

        var (exitCode, output) = await HostProcess.RunAsync(Folder, "api-key", "list");

        exitCode.Should().Be(0);
        output.Should().Contain("excel").And.Contain(key[^4..]).And.Contain("expires 2099-01-01 00:00Z").And.NotContain(key);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_one_line()
    {
        await CreateAsync("--name", "excel");

        (await HostProcess.RunAsync(Folder, "api-key", "create", "--name", "excel")).Should().Match<(int ExitCode, string Output)>(
            result => result.ExitCode == 1 && result.Output.StartsWith("There is a key named 'excel'."));
        (await HostProcess.RunAsync(Folder, "api-key", "create", "--name", "old", "--valid-to", "2020-01-01")).Should().Match<(int ExitCode, string Output)>(
            result => result.ExitCode == 1 && result.Output.StartsWith("--valid-to lies in the past."));
        (await HostProcess.RunAsync(Folder, "api-key", "create", "--name", "old", "--valid-too=2099-01-01")).Should().Match<(int ExitCode, string Output)>(
            result => result.ExitCode == 2 && result.Output.StartsWith("'--valid-too' is neither an option nor a setting."));
        (await HostProcess.RunAsync(Folder, "api-key", "revoke", "--name", "nobody")).Should().Match<(int ExitCode, string Output)>(
            result => result.ExitCode == 1 && result.Output.StartsWith("There is no key named 'nobody'."));
        (await HostProcess.RunAsync(Folder, "api-key", "create")).ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task No_secret_gets_into_the_log_even_when_everything_is_logged()
    {
        var key = await CreateAsync("--name", "excel");
        await using var host = HostProcess.Serve(Folder, "--Demo:Enabled=false", "--Admin:Password=s3cret of the chief",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace",
            "--Logging:Console:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Microsoft=Trace", "--Logging:Console:LogLevel:Microsoft.AspNetCore.Server.Kestrel=Trace");
        await host.ReadyAsync();

        (await host.Client.GetAsync($"/odata/?api_key={key}")).Dispose();
        (await host.Client.GetAsync($"/nowhere?api_key={key}")).Dispose();
        (await host.Client.GetAsync($"/odata/Nothing?$filter=(((&api_key={key}")).Dispose();
        (await host.Client.PostAsync("/token", new FormUrlEncodedContent([new("grant_type", "password"), new("username", "admin"), new("password", "s3cret of the chief")]))).Dispose();
        (await StatusAsync(host, key)).Should().Be(HttpStatusCode.OK);
        await SendRawAsync(host, $"GET /odata/?api_key={key} HTTP/9.9\r\n\r\n");
        await SendRawAsync(host, $"GET /odata/ ?api_key={key} HTTP/1.1\r\nHost: x\r\n\r\n");
        await SendRawAsync(host, $"GET /odata/ HTTP/1.1\r\nHost: x\r\nX-Api-Key {key}\r\n\r\n");
        host.Terminate();
        await host.EndAsync();

        host.Output.Should().Contain("trce:", "everything was logged").And.NotContain(key).And.NotContain("s3cret");
    }

    private async Task<string> CreateAsync(params string[] options)
    {
        var (exitCode, output) = await HostProcess.RunAsync(Folder, ["api-key", "create", .. options]);
        exitCode.Should().Be(0, output);
        return output.Split('\n').Single(line => line.StartsWith("bapi_")).Trim();
    }

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/") { Headers = { { "X-Api-Key", key } } };
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task SendRawAsync(HostProcess host, string text)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        var answer = new byte[1024];
        var size = await connection.GetStream().ReadAsync(answer);
        Encoding.ASCII.GetString(answer, 0, size).Should().StartWith("HTTP/1.1 ");
    }
}
