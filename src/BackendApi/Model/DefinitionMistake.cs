using System.Globalization;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Model;

/// <summary>One thing that is wrong with one configuration document.</summary>
/// <param name="Document">The document's alias, or its place among those that were read together, such as <c>[2]</c>, while it has none.</param>
/// <param name="Path">Where in the document, such as <c>fields[3].validation.min</c>; empty for the document as a whole.</param>
public sealed record DefinitionMistake(string Document, string Path, string Message)
{
    /// <summary>What reading and building found, less what building only found because something there could not be read.</summary>
    public static IReadOnlyList<DefinitionMistake> Join(IReadOnlyList<DefinitionMistake> read, IReadOnlyList<DefinitionMistake> built) =>
        [.. read, .. built.Where(mistake => !read.Any(earlier => earlier.IsOfSameDocument(mistake) && (mistake.IsAt(earlier.Path) || earlier.IsAt(mistake.Path))))];

    /// <summary>One answer for all mistakes. Paths within <paramref name="subject"/>, the document that the client sent, stand as they are; others follow their document's name.</summary>
    /// <param name="mistakes">At least one.</param>
    public static ServiceError Summarize(IReadOnlyList<DefinitionMistake> mistakes, string? subject = null)
    {
        var details = mistakes.Select(mistake => mistake.ToError(subject)).ToList();
        return details.Count == 1
            ? details[0] with { Details = details }
            : new(Errors.InvalidDefinition, string.Create(CultureInfo.InvariantCulture, $"The configuration has {details.Count} mistakes; the details name each."), Details: details);
    }

    /// <summary>A document without an alias is known by its place while it is read, and by nothing afterwards.</summary>
    private bool IsOfSameDocument(DefinitionMistake built) => Document == built.Document || (built.Document.Length == 0 && Path == "alias");

    private bool IsAt(string path) =>
        Path.StartsWith(path, StringComparison.Ordinal) && (Path.Length == path.Length || path.Length == 0 || Path[path.Length] is '.' or '[');

    private ServiceError ToError(string? subject) =>
        new(Errors.InvalidDefinition, Message, Document == subject ? Path : Path.Length == 0 ? Document : $"{Document}: {Path}");
}

/// <summary>Gathers the mistakes of one document.</summary>
internal sealed class MistakeList(string document, List<DefinitionMistake> all)
{
    public void Add(string path, string message) => all.Add(new(document, path, message));

    /// <summary>A name that is not among the known ones; the sentence is followed by the one that was probably meant.</summary>
    public void AddUnknown(string path, string sentence, string name, IEnumerable<string> known) =>
        Add(path, Suggestions.For(name, known) is { Length: > 0 } suggestion ? $"{sentence} {suggestion}" : sentence);
}
