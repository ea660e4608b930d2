using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>What a body is read with.</summary>
/// <param name="Root">The address of the service root as this client sees it, with a slash at its end.</param>
public sealed record BodyScope(ModelSnapshot Model, string Root, ParseLimits Limits)
{
    /// <summary>The payload is OData 4.01's: control information without the prefix <c>odata.</c> is control information too.</summary>
    public bool IsV401 { get; init; } = true;

    /// <summary>Numbers may be texts (JSON Format 3.2).</summary>
    public bool Ieee754 { get; init; }

    /// <summary>How deep entities may nest.</summary>
    public int MaxDepth { get; init; } = new ODataSettings().MaxExpansionDepth;

    /// <summary>The most entities, nested ones included, that one entity of a body may hold.</summary>
    public int MaxEntities { get; init; } = new ODataSettings().MaxNestedEntities;

    /// <summary>
    /// In a <c>$batch</c>, the URL that one which begins with <c>$1</c> stands for: that of the entity of the request with the Content-ID 1. Null when there is no such request.
    /// </summary>
    public Func<string, string?>? ContentIds { get; init; }
}
