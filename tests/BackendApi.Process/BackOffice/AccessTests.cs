using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BackendApi.Access.Users;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>Users, roles, keys and clients, as an administrator keeps them in the browser.</summary>
public sealed class AccessTests(BackOfficeProcess office) : IClassFixture<BackOfficeProcess>
{
    private const string ReadsOrders = """
        "EntitySet":"Orders","CanRead":true
        """;

    [BrowserFact]
    public async Task Whoever_leaves_what_is_not_made_yet_is_asked_first()
    {
        await using var page = await office.SignedInAsync("keys/new");
        await page.Field("Name").FillAsync("half a key");
        await page.Link("Roles").ClickAsync();
        await page.Page.GetByText("Leave without saving?").WaitForAsync();
        await page.Button("Stay").ClickAsync();
        await Assertions.Expect(page.Field("Name")).ToHaveValueAsync("half a key");

        await page.Link("Cancel").ClickAsync();
        await page.Heading("API keys").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_key_is_shown_once_with_a_curl_line_that_runs_as_it_stands()
    {
        await using var page = await office.SignedInAsync("keys/new");
        await page.Field("Name").FillAsync("report");
        await page.ChooseAsync("Roles", "Administrators");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "Only what is ticked here" }).CheckAsync();
        await page.ChooseAsync("Add a set", "Stores");
        await page.ScreenshotAsync("key-new");
        await page.Button("Make the key").ClickAsync();
        await page.Heading("The key report is made").WaitForAsync();
        var key = await page.Field("API key").InputValueAsync();
        var command = await page.Field("Try it in a shell").InputValueAsync();
        await page.ScreenshotAsync("key-made");

        var answer = JsonDocument.Parse(await ShellAsync(command)).RootElement;

        answer.GetProperty("@odata.context").GetString().Should().EndWith("$metadata#Stores");
        answer.GetProperty("value").GetArrayLength().Should().Be(3);
        await page.Page.GotoAsync("keys/report");
        await page.Heading("report").WaitForAsync();
        (await page.Page.ContentAsync()).Should().NotContain(key);
        await page.ScreenshotAsync("key");
    }

    [BrowserFact]
    public async Task A_key_gets_another_value_and_is_revoked()
    {
        await office.TellAsync("odata/ApiKeys", """{"Name":"old","Roles@odata.bind":["Roles('Administrators')"]}""");
        await using var page = await office.SignedInAsync("keys/old");

        await page.Button("Rotate").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        JsonDocument.Parse(await ShellAsync(await page.Field("Try it in a shell").InputValueAsync())).RootElement.GetProperty("value").GetArrayLength().Should().Be(3);

        await page.Button("Revoke").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await page.Heading("API keys").WaitForAsync();
        (await office.AskAsync("odata/ApiKeys('old')")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [BrowserFact]
    public async Task A_permission_ticked_in_the_grid_takes_effect_at_once()
    {
        await office.MakeUserAsync("grid");
        (await BecomesAsync(HttpStatusCode.NotFound, () => office.AskAsAsync("grid", "odata/Orders?$top=1"))).Status.Should().Be(HttpStatusCode.NotFound);
        await using var page = await office.SignedInAsync("roles/Role of grid");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "read Orders", Exact = true }).CheckAsync();
        await page.Button("Columns and rows of Orders").ClickAsync();
        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Columns that can be read" }).GetByRole(AriaRole.Checkbox).UncheckAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Columns that can be read" }).PressAsync("Backspace");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Rows" }).FillAsync("Status eq 'shipped'");
        await page.ScreenshotAsync("role-columns");
        await page.Button("Done").ClickAsync();

        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Everything is saved, and in effect.").WaitForAsync();

        var (status, answer) = await BecomesAsync(HttpStatusCode.OK, () => office.AskAsAsync("grid", "odata/Orders?$top=2&$orderby=Id"));
        status.Should().Be(HttpStatusCode.OK);
        var rows = answer.GetProperty("value").EnumerateArray().ToList();
        rows.Should().HaveCount(2).And.OnlyContain(row => row.GetProperty("Status").GetString() == "shipped");
        rows[0].TryGetProperty("CreatedAt", out _).Should().BeTrue();
        rows[0].TryGetProperty("UpdatedAt", out _).Should().BeFalse("it was the last of the columns");
        await page.ScreenshotAsync("role");
    }

    [BrowserFact]
    public async Task A_whole_row_and_a_whole_column_are_ticked_at_once_and_a_search_bounds_the_column()
    {
        await office.MakeUserAsync("columns");
        await using var page = await office.SignedInAsync("roles/Role of columns?search=Customer");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "read all that were found" }).CheckAsync();
        await page.Button("All on Customers").ClickAsync();

        await page.Button("Save").ClickAsync();
        await page.Page.GetByText("Everything is saved, and in effect.").WaitForAsync();

        var (_, answer) = await office.AskAsync("odata/Permissions?$filter=RoleName eq 'Role of columns'&$select=EntitySet,CanRead,CanDelete&$orderby=EntitySet");
        answer.GetProperty("value").EnumerateArray().Select(row => $"{row.GetProperty("EntitySet")} {row.GetProperty("CanRead")} {row.GetProperty("CanDelete")}").Should().Equal("CustomerAddresses True False", "Customers True True");
    }

    [BrowserFact]
    public async Task Of_two_who_edit_one_role_the_second_is_told_and_loses_nothing_unseen()
    {
        await office.MakeUserAsync("twice", ReadsOrders);
        await using var first = await office.SignedInAsync("roles/Role of twice");
        await using var second = await office.SignedInAsync("roles/Role of twice");
        var update = new PageGetByRoleOptions { Name = "update Orders", Exact = true };
        await second.Page.GetByRole(AriaRole.Checkbox, update).CheckAsync();
        await first.Page.GetByRole(AriaRole.Checkbox, new() { Name = "delete Orders", Exact = true }).CheckAsync();
        await first.Button("Save").ClickAsync();
        await first.Page.GetByText("Everything is saved, and in effect.").WaitForAsync();

        await second.Button("Save").ClickAsync();
        await second.Page.GetByText("Somebody else has changed this role meanwhile").WaitForAsync();
        await second.Button("Show what is stored now").ClickAsync();

        await Assertions.Expect(second.Page.GetByRole(AriaRole.Checkbox, new() { Name = "delete Orders", Exact = true })).ToBeCheckedAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Checkbox, update)).Not.ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task A_filter_that_the_set_does_not_understand_is_told_and_nothing_is_saved()
    {
        await office.MakeUserAsync("filter", ReadsOrders);
        await using var page = await office.SignedInAsync("roles/Role of filter?set=Orders");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Rows" }).FillAsync("Nonsense eq 1");
        await page.Button("Done").ClickAsync();

        await page.Button("Save").ClickAsync();

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nonsense");
        (await office.AskAsync("odata/Permissions(RoleName='Role of filter',EntitySet='Orders')")).Answer.GetProperty("RowFilter").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [BrowserFact]
    public async Task What_a_caller_sees_is_told_with_the_role_that_grants_it()
    {
        await office.MakeUserAsync("seen", """
            "EntitySet":"Orders","CanRead":true,"CanUpdate":true,"Writable":["Status"],"RowFilter":"Status eq 'shipped'"
            """);
        await using var page = await office.SignedInAsync("users/seen?tab=rights");

        var row = page.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Orders" });

        await Assertions.Expect(row).ToContainTextAsync("read, update");
        await Assertions.Expect(row).ToContainTextAsync("all columns");
        await Assertions.Expect(row.GetByRole(AriaRole.Cell, new() { Name = "Status", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(row).ToContainTextAsync("Status eq 'shipped'");
        await Assertions.Expect(row).ToContainTextAsync("Role of seen");
        (await page.Page.GetByRole(AriaRole.Row).CountAsync()).Should().Be(2, "one is the heading, and nothing else is granted");
        await page.ScreenshotAsync("user-rights");
    }

    [BrowserFact]
    public async Task A_user_is_made_signs_in_with_the_password_that_was_shown_is_locked_and_deleted()
    {
        await using var page = await office.SignedInAsync("users/new");
        await page.Field("Name").FillAsync("Ada");
        await page.Field("Called").FillAsync("Ada Lovelace");
        await page.ChooseAsync("Roles", "Administrators");
        await page.Button("Make the user").ClickAsync();
        await page.Heading("The user ada is made").WaitForAsync();
        var password = await page.Field("Password").InputValueAsync();

        await using (var hers = await office.OpenAsync("users/ada"))
        {
            hers.Expects("400");
            await hers.SignInAsync("ada", password);
            await hers.Field("New password").FillAsync("correct horse battery");
            await hers.Button("Sign in").ClickAsync();
            await hers.Heading("ada").WaitForAsync();
        }

        await page.Link("Go on with ada").ClickAsync();
        await page.Button("Lock").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lock" }).ClickAsync();
        await page.Page.GetByText("Locked", new() { Exact = true }).WaitForAsync();
        await page.ScreenshotAsync("user");
        await page.Button("Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Heading("Users").WaitForAsync();
        (await office.AskAsync("odata/Users('ada')")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [BrowserFact]
    public async Task A_client_is_made_with_a_line_that_gets_it_a_token()
    {
        await using var page = await office.SignedInAsync("clients/new");
        await page.Field("Id").FillAsync("connector");
        await page.ChooseAsync("Roles", "Administrators");
        await page.Button("Make the client").ClickAsync();
        await page.Heading("The client connector is made").WaitForAsync();
        await page.ScreenshotAsync("client-made");

        var answer = JsonDocument.Parse(await ShellAsync(await page.Field("Try it in a shell").InputValueAsync())).RootElement;

        answer.GetProperty("token_type").GetString().Should().Be("Bearer");
    }

    [BrowserFact]
    public async Task A_second_factor_is_set_up_asked_for_and_given_up()
    {
        await office.MakeUserAsync("factor");
        await using var page = await office.OpenAsync("account");
        page.Expects("400");
        await page.SignInAsync("factor", BackOfficeProcess.Password);
        await page.Button("Set up a second factor").ClickAsync();
        await page.Page.GetByRole(AriaRole.Img, new() { Name = "The secret for the authenticator app, as a QR code" }).WaitForAsync();
        await page.ScreenshotAsync("account-second-factor");
        await page.Field("Code that the app shows now").FillAsync(OneTimeCode.At(FromBase32(await page.Field("Secret").InputValueAsync()), DateTimeOffset.UtcNow));
        await page.Button("Turn on").ClickAsync();
        var recovery = (await page.Field("Recovery codes").InputValueAsync()).Split('\n');
        await page.Button("I have kept them: sign in again").ClickAsync();

        await page.SignInAsync("factor", BackOfficeProcess.Password);
        await page.Field("Code").FillAsync(recovery[0]);
        await page.Button("Sign in").ClickAsync();
        await page.Field("Code that the app shows now").FillAsync(recovery[1]);
        await page.Button("Turn off").ClickAsync();

        await page.SignInAsync("factor", BackOfficeProcess.Password);
        await page.Button("Set up a second factor").WaitForAsync();
    }

    [BrowserFact]
    public async Task Another_password_is_chosen_and_the_page_goes_on()
    {
        await office.MakeUserAsync("chooser");
        await using var page = await office.OpenAsync("account");
        await page.SignInAsync("chooser", BackOfficeProcess.Password);
        await page.Field("Current password").FillAsync(BackOfficeProcess.Password);
        await page.Field("New password").FillAsync("correct horse battery");
        await page.Field("New password, once more").FillAsync("correct horse battery");

        await page.Button("Change the password").ClickAsync();
        await page.Page.GetByText("Changed.").WaitForAsync();

        await page.Page.ReloadAsync();
        await page.Heading("My account").WaitForAsync();
        (await office.AskAsAsync("chooser", "odata/Me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [BrowserFact]
    public async Task A_list_is_searched_and_paged_by_the_service()
    {
        foreach (var number in Enumerable.Range(1, 30))
            await office.TellAsync("odata/Roles", $$"""{"Name":"Page {{number:00}}"}""");
        await using var page = await office.SignedInAsync("roles");
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).PressSequentiallyAsync("page ", new() { Delay = 300 });
        await page.Page.GetByText("30 in all.").WaitForAsync();
        await page.Link("Page 01").WaitForAsync();
        await page.Button("Page 2").ClickAsync();
        await page.Link("Page 30").WaitForAsync();

        await page.Page.GoBackAsync();
        await page.Link("Page 01").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("nothing like it");
        await page.Page.GetByText("Nothing is like “nothing like it”.").WaitForAsync();
    }

    /// <summary>A change is known everywhere within two seconds.</summary>
    private static async Task<(HttpStatusCode Status, JsonElement Answer)> BecomesAsync(HttpStatusCode wanted, Func<Task<(HttpStatusCode Status, JsonElement)>> ask)
    {
        var deadline = DateTime.UtcNow.AddSeconds(2.5);
        (HttpStatusCode Status, JsonElement) answer;
        do
            answer = await ask();
        while (answer.Status != wanted && DateTime.UtcNow < deadline);
        return answer;
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.Should().Be(0, await shell.StandardError.ReadToEndAsync());
        return output;
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
