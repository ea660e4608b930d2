using BackendApi.Access;
using BackendApi.Support;

namespace BackendApi.Model.Store;

/// <summary>
/// Applies the files of <c>DataExchange:ConfigurationFiles</c> at start. Each definition in them takes the place of the stored one of its alias;
/// where nothing differs, nothing is published. A file with a mistake is refused whole, and the service starts with what is stored.
/// </summary>
public sealed class ConfigurationFiles(Publisher publisher, DataExchangeSettings settings, Observations observations)
{
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        var files = new List<ConfigurationFile>();
        foreach (var path in settings.ConfigurationFiles)
        {
            var file = await ReadAsync(path, cancellation);
            var mistakes = file.Mistakes.Concat(Repeated(file, files)).ToList();
            if (mistakes.Count == 0)
                files.Add(file);
            else
                Refuse(file, mistakes);
        }

        // All files together, because one may lead to what another defines; without those that turn out to be wrong, as long as there are any.
        while (files.Count > 0)
        {
            var mistakes = await publisher.TryPublishAsync(Caller.System, Comment(files), current => Differing(files, current), cancellation);
            if (mistakes.Count == 0)
                return;
            var wrong = files.Where(file => mistakes.Any(mistake => file.Holds(mistake.Document))).ToList();
            // A mistake in a stored definition that the files bring about cannot be laid to one of them.
            if (wrong.Count == 0)
                wrong = [.. files];
            foreach (var file in wrong)
                Refuse(file, [.. mistakes.Where(mistake => file.Holds(mistake.Document) || !files.Exists(other => other.Holds(mistake.Document)))]);
            files.RemoveAll(wrong.Contains);
        }
    }

    private static Proposal Differing(List<ConfigurationFile> files, IReadOnlyDictionary<string, EndpointDefinition> current) =>
        new([.. files
            .SelectMany(file => file.Definitions)
            .Where(definition => !current.TryGetValue(definition.Alias, out var stored) || !StoredDocument.Same(definition, stored))
            .Select(definition => new DefinitionChange.Upsert(definition))]);

    private static IEnumerable<DefinitionMistake> Repeated(ConfigurationFile file, List<ConfigurationFile> before)
    {
        foreach (var (alias, count) in file.Definitions.CountBy(definition => definition.Alias))
            if (count > 1)
                yield return new(alias, "alias", "The file defines this alias more than once.");
            else if (before.Find(other => other.Holds(alias)) is { } other)
                yield return new(alias, "alias", $"{other.Path} defines this alias already.");
    }

    private static async Task<ConfigurationFile> ReadAsync(string path, CancellationToken cancellation)
    {
        DefinitionFormat? format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => DefinitionFormat.Json,
            ".yaml" or ".yml" => DefinitionFormat.Yaml,
            _ => null,
        };
        if (format is null)
            return ConfigurationFile.Unreadable(path, "The name must end in .json, .yaml or .yml.");
        try
        {
            var (definitions, mistakes) = DefinitionReader.Read(await File.ReadAllTextAsync(path, cancellation), format.Value);
            return new(path, definitions, mistakes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ConfigurationFile.Unreadable(path, failure.Message);
        }
    }

    private void Refuse(ConfigurationFile file, IEnumerable<DefinitionMistake> mistakes) =>
        observations.Emit(new ConfigurationFileRefused(file.Path, string.Join(Environment.NewLine, mistakes.Select(Line))));

    private static string Line(DefinitionMistake mistake) =>
        string.Join(": ", new[] { mistake.Document, mistake.Path, mistake.Message }.Where(part => part.Length > 0));

    private static string Comment(List<ConfigurationFile> files)
    {
        var names = string.Join(", ", files.Select(file => Path.GetFileName(file.Path)));
        return names.Length <= 1000 ? names : names[..1000];
    }

    private sealed record ConfigurationFile(string Path, IReadOnlyList<EndpointDefinition> Definitions, IReadOnlyList<DefinitionMistake> Mistakes)
    {
        public static ConfigurationFile Unreadable(string path, string why) => new(path, [], [new("", "", why)]);

        public bool Holds(string alias) => Definitions.Any(definition => definition.Alias == alias);
    }
}
