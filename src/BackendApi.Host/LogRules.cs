using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackendApi.Host;

/// <summary>
/// Keeps URLs out of the log, whatever the settings say: an API key can be in the query. At Information the framework logs each request with
/// its query, and at Debug a malformed request line as it came.
/// </summary>
internal sealed class LogRules : IPostConfigureOptions<LoggerFilterOptions>
{
    private static readonly (string Category, LogLevel Least)[] Quiet =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Information),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information),
        ("Microsoft.AspNetCore.HttpLogging", LogLevel.None),
    ];

    private volatile bool _hasStarted;

    /// <summary>The server listens: from now on the framework may tell of failures itself.</summary>
    public void Started() => _hasStarted = true;

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // A rule of one provider goes before all general ones, however exact those are: so each of our rules is there for each provider.
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var provider in providers)
        {
            foreach (var (category, least) in Quiet)
                Restrict(options, provider, category, (_, _, level) => level >= least && least != LogLevel.None);
            // What keeps the service from starting is told by the program itself, in a line.
            Restrict(options, provider, "Microsoft.Extensions.Hosting.Internal.Host", (_, _, level) => level >= LogLevel.Warning && _hasStarted);
        }
    }

    private static void Restrict(LoggerFilterOptions options, string? provider, string category, Func<string?, string?, LogLevel, bool> filter)
    {
        var isBelow = options.Rules.Where(rule => rule.ProviderName == provider && rule.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true).ToList();
        foreach (var rule in isBelow)
            options.Rules.Remove(rule);
        options.Rules.Add(new(provider, category, LogLevel.Trace, filter));
    }
}
