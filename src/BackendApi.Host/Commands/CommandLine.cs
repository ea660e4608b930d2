using System.CommandLine;
using System.CommandLine.Parsing;
using BackendApi.Support;

namespace BackendApi.Host.Commands;

/// <summary>The commands, and what they have in common: settings as arguments, exit codes, mistakes told in a line each.</summary>
internal static class CommandLine
{
    public const int Failed = 1;
    /// <summary>The command line or a setting is wrong.</summary>
    public const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Serves database tables as OData entity sets. Every setting can be given as --Section:Name=value.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((parsed, _) => WithSettings(parsed, Server.RunAsync));
        root.Subcommands.Add(ApiKeyCommands.Create());
        root.Subcommands.Add(ChangeTriggerCommand.Create());

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return Refuse(parsed.Errors.Select(error => error.Message));
        // The server has its own way to end on Ctrl+C.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Takes what is no option of a command for settings, and turns mistakes in them into messages.</summary>
    public static async Task<int> WithSettings(ParseResult parsed, Func<string[], Task<int>> run)
    {
        var settings = parsed.UnmatchedTokens.ToArray();
        try
        {
            SettingArguments.Check(settings);
            return await run(settings);
        }
        catch (SettingsException mistakes)
        {
            return Refuse(mistakes.Mistakes);
        }
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Failed;
    }

    private static int Refuse(IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
            Console.Error.WriteLine(mistake);
        return Misused;
    }
}
