using System.Text.Json;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary><c>$apply</c>, and options about its result.</summary>
/// <param name="IsOrdered">Pages follow each other by the keys, unless a key is a text or there is none.</param>
internal sealed record Applied(IReadOnlyList<Transformation> Transformations, Query Query, bool IsOrdered) : IQuestion
{
    public string Text => string.Join('/', Transformations.Select(transformation => transformation.Text));

    public IEnumerable<(string Name, string Value)> Options() => Query.Options().Prepend(("$apply", Text));

    public IEnumerable<string> Expected(IEnumerable<Row> rows) =>
        Query.Expected(Transformations.Aggregate<Transformation, IReadOnlyList<Row>>([.. rows], (result, transformation) => [.. transformation.Of(result)]));

    public IEnumerable<string> Answered(JsonElement rows, long? count) => Query.Answered(rows, count);
}

/// <summary>Several results, one behind the other.</summary>
internal sealed record Concatenated(IReadOnlyList<Applied> Parts) : IQuestion
{
    private int[] _lengths = [];

    public bool IsOrdered => false;

    public IEnumerable<(string Name, string Value)> Options() => [("$apply", $"concat({string.Join(',', Parts.Select(part => part.Text))})")];

    public IEnumerable<string> Expected(IEnumerable<Row> rows)
    {
        var parts = Parts.Select(part => part.Expected(rows).ToList()).ToList();
        _lengths = [.. parts.Select(part => part.Count)];
        return parts.SelectMany(part => part);
    }

    /// <summary>A row reads as those of the part in which its place is.</summary>
    public IEnumerable<string> Answered(JsonElement rows, long? count)
    {
        var places = _lengths.SelectMany((length, part) => Enumerable.Repeat(part, length)).ToList();
        return rows.EnumerateArray().Select((row, place) => Parts[place < places.Count ? places[place] : ^1].Query.Line(row));
    }
}
