using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace BackendApi.Processes;

public sealed class StartTests(ITestOutputHelper report) : InEmptyFolder
{
    [Fact]
    public async Task The_first_start_in_an_empty_folder_makes_the_demo_shop_and_prints_addresses_a_password_and_a_command_that_works_as_it_stands()
    {
        await using var host = HostProcess.Serve(Folder);
        await host.ReadyAsync();

        host.Output.Should().Contain($"{host.Client.BaseAddress}odata/").And.Contain("Password");
        var (user, password) = host.PrintedAdministrator();
        user.Should().Be("admin");
        password.Should().HaveLength(20);
        host.PrintedCurlLine().Should().Be($"curl -u 'admin:{password}' '{host.Client.BaseAddress}odata/Products?$top=3'");
        var answer = await ShellAsync(host.PrintedCurlLine() + " -s -f");
        answer.Should().StartWith("{\"@odata.context\":").And.Contain("\"value\":[{");
    }

    [Fact]
    public async Task The_password_is_shown_once_and_stays_good()
    {
        string password;
        await using (var first = HostProcess.Serve(Folder))
        {
            await first.ReadyAsync();
            password = first.PrintedAdministrator().Password;
            first.Terminate();
            (await first.EndAsync()).Should().Be(0);
        }

        var clock = Stopwatch.StartNew();
        await using var second = HostProcess.Serve(Folder);
        await second.ReadyAsync();
        report.WriteLine($"second start: ready after {clock.Elapsed.TotalSeconds:0.00} s");

        second.Output.Should().NotContain(password);
        (await SignInAsync(second, "admin", password)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_of_the_settings_is_used_and_not_printed()
    {
        await using var host = HostProcess.Serve(Folder, "--Admin:UserName=chief", "--Admin:Password=s3cret of the chief", "--Demo:Enabled=false", "--Access:Basic=true");
        await host.ReadyAsync();

        host.Output.Should().NotContain("s3cret of the chief").And.Contain("chief");
        (await SignInAsync(host, "chief", "s3cret of the chief")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ctrl_C_lets_a_request_under_way_end_and_takes_no_new_one()
    {
        await using var host = HostProcess.Serve(Folder, "--Demo:Enabled=false", "--Access:Basic=true");
        await host.ReadyAsync();
        var password = host.PrintedAdministrator().Password;
        using var body = new SlowForm($"grant_type=password&username=admin&password={password}");
        // The body is asked for by the endpoint that reads it: then the request is surely under way.
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = HostProcess.Patience }) { BaseAddress = host.Client.BaseAddress };
        using var message = new HttpRequestMessage(HttpMethod.Post, "token") { Content = body, Headers = { ExpectContinue = true } };
        var request = client.SendAsync(message);
        await body.FirstHalfIsSent;

        host.Interrupt();
        await RefusesConnectionsAsync(host);
        body.SendSecondHalf();

        (await request).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.EndAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        await using var first = HostProcess.Serve(Folder, "--Demo:Enabled=false");
        await first.ReadyAsync();

        var (exitCode, output) = await HostProcess.RunAsync(Folder, $"--Urls={first.Client.BaseAddress}", "--Demo:Enabled=false");

        exitCode.Should().Be(1);
        output.Should().Contain("address already in use").And.Contain("--Urls=").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("--Database:Provider=Oracle", "Database:Provider=Oracle: one of Sqlite, PostgreSql, SqlServer is expected.")]
    [InlineData("--Database:Provider=PostgreSql", "Database:ConnectionString: PostgreSql needs one")]
    [InlineData("--OData:MaxPageSize=many", "OData:MaxPageSize=many: a whole number from 1 to 1000000 is expected.")]
    [InlineData("--OData:MaxPagesize2=1", "'--OData:MaxPagesize2' is neither an option nor a setting.")]
    [InlineData("--OData:MaxPageSize", "'--OData:MaxPageSize' has no value.")]
    [InlineData("serve", "'serve' is not a command.")]
    public async Task A_wrong_setting_is_told_in_one_line(string argument, string message)
    {
        var (exitCode, output) = await HostProcess.RunAsync(Folder, argument);

        exitCode.Should().Be(2);
        output.Trim().Should().StartWith(message).And.NotContain("\n");
    }

    private static async Task<HttpStatusCode> SignInAsync(HostProcess host, string user, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task RefusesConnectionsAsync(HostProcess host)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < HostProcess.Patience)
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
            }
            catch (SocketException)
            {
                return;
            }
        throw new TimeoutException("The host still takes connections.");
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }

    /// <summary>A form that keeps its second half until it is told to go on.</summary>
    private sealed class SlowForm : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource firstHalf = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowForm(string text)
        {
            bytes = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        public Task FirstHalfIsSent => firstHalf.Task;

        public void SendSecondHalf() => goOn.SetResult();

        protected override async Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            firstHalf.SetResult();
            await goOn.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
