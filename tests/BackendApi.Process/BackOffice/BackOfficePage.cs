using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Playwright;

namespace BackendApi.Processes.BackOffice;

/// <summary>A page, and what went wrong in it unseen: a script's error, a refused load, a broken content security policy.</summary>
public sealed class BackOfficePage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly List<string> expected = [];

    public BackOfficePage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });
    /// <summary>The page's own.</summary>
    public ILocator Heading1 => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });
    public ILocator Field(string label) => Page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true });
    public ILocator Tab(string name) => Page.GetByRole(AriaRole.Tab, new() { Name = name });
    public ILocator Checkbox(string name) => Page.GetByRole(AriaRole.Checkbox, new() { Name = name, Exact = true });

    public ILocator Combobox(string label) => Page.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });

    /// <summary>Takes an option of a list that opens at its field.</summary>
    public async Task ChooseAsync(string label, string option)
    {
        await ChooseAsync(Combobox(label), option);
    }

    /// <inheritdoc cref="ChooseAsync(string, string)"/>
    public async Task ChooseAsync(ILocator field, string option)
    {
        await field.ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
        // A list goes slowly, and the next may have an option of the same name.
        await field.PressAsync("Escape");
        await Assertions.Expect(Page.Locator("[role=listbox]:visible")).ToHaveCountAsync(0);
    }

    public async Task SignInAsync(string user, string password)
    {
        await Field("User name").FillAsync(user);
        await Field("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    /// <summary>The service refuses something in the course of the test, which the browser notes.</summary>
    public void Expects(string status) => expected.Add($"status of {status} ");

    /// <summary>The service cannot be reached in the course of the test, which the browser notes.</summary>
    public void ExpectsNoAnswer() => expected.Add("ERR_CONNECTION_REFUSED");

    /// <summary>A window of another size, once the frame of the page has come to rest in it: until then its menu still takes room.</summary>
    public async Task ResizeAsync(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await Page.EvaluateAsync("""
            async () => {
              for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
              await Promise.allSettled(document.getAnimations().filter((animation) => animation instanceof CSSTransition).map((transition) => transition.finished));
            }
            """);
    }

    /// <summary>Kept below the tests' output folder, for people to look at.</summary>
    public async Task ScreenshotAsync(string name)
    {
        // What sticks to the window is drawn where it stands at the top.
        await Page.EvaluateAsync("scrollTo(0, 0)");
        var folder = Directory.CreateDirectory(Document.PathOf("tests/BackendApi.Process/obj/screenshots")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>Nothing went wrong unseen.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        complaints.Where(complaint => !expected.Any(complaint.Contains)).Should().BeEmpty();
    }
}
