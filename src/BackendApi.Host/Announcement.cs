using System.Globalization;
using BackendApi.Access;
using BackendApi.BackOffice;
using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Host;

/// <summary>What whoever starts the program reads first.</summary>
internal static class Announcement
{
    public static void Print(TextWriter output, WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        var created = app.Services.GetRequiredService<FirstAdministrator>().Created;
        Write(output, [.. app.Urls], settings.Database.Provider, created, EntitySetToTry(app.Services.GetService<Models>()), settings.Access.Basic);
    }

    internal static void Write(TextWriter output, IReadOnlyList<string> urls, string database, CreatedAdministrator? created, string? entitySet, bool hasBasic = true)
    {
        var addresses = urls.Select(Reachable).ToList();
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine();
        foreach (var address in addresses)
        {
            text.WriteLine($"  OData          {address}/odata/");
            text.WriteLine($"  Data Exchange  {address}/dynamic-entity/{{alias}}");
            text.WriteLine($"  Back Office    {address}{BackOfficeApplication.Path}/");
        }
        text.WriteLine($"  Database       {database}");
        if (created is { GeneratedPassword: { } password })
        {
            text.WriteLine($"  Administrator  {created.UserName}");
            text.WriteLine($"  Password       {password}   (shown only now)");
        }
        else if (created is not null)
            text.WriteLine($"  Administrator  {created.UserName}, with the password of the settings");

        if (addresses.Count > 0)
        {
            text.WriteLine();
            text.WriteLine("  Try it:");
            var user = created is null ? null : created.GeneratedPassword is null ? created.UserName : $"{created.UserName}:{created.GeneratedPassword}";
            var target = $"{addresses[0]}/odata/{(entitySet is null ? "" : $"{entitySet}?$top=3")}";
            // Without a password that may be shown, curl asks for it.
            if (hasBasic)
                text.WriteLine($"  curl -u {Quoted(user ?? "admin")} {Quoted(target)}");
            else
                text.WriteLine($"  curl -d grant_type=password --data-urlencode {Quoted($"username={created?.UserName ?? "admin"}")} --data-urlencode {Quoted($"password={created?.GeneratedPassword ?? "…"}")} {addresses[0]}/token");
        }
        text.WriteLine();
        text.WriteLine("Ready. Ctrl+C ends the program when the requests under way are done.");
        output.Write(text.ToString());
        output.Flush();
    }

    /// <summary>An address that stands for every interface is not one to connect to.</summary>
    private static string Reachable(string url)
    {
        foreach (var any in (string[])["//*", "//+", "//0.0.0.0", "//[::]"])
            url = url.Replace(any, "//localhost", StringComparison.Ordinal);
        return url.TrimEnd('/');
    }

    /// <summary>For a POSIX shell.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string? EntitySetToTry(Models? models) =>
        models is { IsReady: true } && models.Current.EntitySets.Count > 0
            ? models.Current.EntitySets.ContainsKey("Products") ? "Products" : models.Current.EntitySets.Keys.Order(StringComparer.Ordinal).First()
            : null;
}
