using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace BackendApi.Processes.BackOffice;

/// <summary>A host whose people can sign in at an OpenID provider.</summary>
public sealed class OfficeWithProvider : BackOfficeProcess
{
    internal TestIssuer Issuer { get; private set; } = null!;

    protected override async Task<string[]> SettingsAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        return
        [
            $"--Admin:Password={Password}", "--Access:Issuers:0:Name=keycloak", $"--Access:Issuers:0:Authority={Issuer.Authority}", $"--Access:Issuers:0:ClientId={TestIssuer.ClientId}",
            "--Access:Issuers:0:DisplayName=Keycloak", "--Access:Issuers:0:NameClaim=preferred_username", "--Access:Issuers:0:RoleClaim=realm_access.roles", "--Access:Issuers:0:Roles:backend-admin=Administrators",
        ];
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Issuer is not null)
            await Issuer.DisposeAsync();
    }
}

/// <summary>From the button of the sign-in page to the provider's page, and back.</summary>
public sealed class ProviderSignInTests(OfficeWithProvider office) : IClassFixture<OfficeWithProvider>
{
    [BrowserFact]
    public async Task Who_signs_in_at_the_provider_is_where_the_link_led()
    {
        await using var page = await office.OpenAsync("users?search=adm");
        await page.Link("Sign in with Keycloak").WaitForAsync();
        await page.ScreenshotAsync("sign-in-provider");
        await page.Link("Sign in with Keycloak").ClickAsync();

        await page.Link("admin").WaitForAsync();
        await page.Button("Account of keycloak:ada@example.com").WaitForAsync();
        page.Page.Url.Should().EndWith("/backoffice/users?search=adm");
        await page.Page.GotoAsync("account");
        await page.Page.GetByText("Password and second factor are kept by the provider that you signed in with.").WaitForAsync();
        await page.Button("Account of keycloak:ada@example.com").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await page.Heading("Sign in").WaitForAsync();
    }

    [BrowserFact]
    public async Task Who_says_no_at_the_provider_is_back_at_the_sign_in_page()
    {
        office.Issuer.IsDenied = true;
        await using var page = await office.OpenAsync();

        await page.Link("Sign in with Keycloak").ClickAsync();

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The provider did not let you in.");
        office.Issuer.IsDenied = false;
    }
}
