using System.Text.Json;

namespace BackendApi.Model.OpenApi;

/// <summary>Writes the members of a schema object.</summary>
internal delegate void SchemaWriter(Utf8JsonWriter json);

/// <param name="MediaType">Of a body or an answer.</param>
internal sealed record ApiContent(string MediaType, SchemaWriter Schema)
{
    public static ApiContent Json(SchemaWriter schema) => new("application/json", schema);
}

/// <summary>A parameter that is described where it stands.</summary>
/// <param name="In"><c>path</c> or <c>query</c>.</param>
/// <param name="IsJson">The value is JSON.</param>
internal sealed record ApiParameter(string Name, string In, SchemaWriter Schema, bool IsRequired = true, string? Description = null, bool IsJson = false);

/// <summary>One method of one path, before it is text.</summary>
/// <param name="Method">In lower case.</param>
/// <param name="Id">Unlike every other: generated clients name their methods after it.</param>
internal sealed record ApiOperation(string Method, string Id, string Tag, string Summary)
{
    public string? Description { get; init; }

    /// <summary>Names of shared parameters.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public IReadOnlyList<ApiParameter> OwnParameters { get; init; } = [];

    /// <summary>The forms that the body can have; none for no body.</summary>
    public IReadOnlyList<ApiContent> Body { get; init; } = [];

    public bool IsBodyRequired { get; init; } = true;

    /// <summary>Of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What success answers; null for nothing.</summary>
    public ApiContent? Answer { get; init; }

    /// <summary>Success can be 204 as well.</summary>
    public bool CanBeEmpty { get; init; }

    /// <summary>Statuses of the error table that a client of this operation is to expect; the others stand for themselves.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = Reading;

    public static readonly IReadOnlyList<int> Reading = [400, 401, 404];
    public static readonly IReadOnlyList<int> Creating = [400, 401, 403, 404, 409];
    public static readonly IReadOnlyList<int> Changing = [400, 401, 403, 404, 409, 412];
    public static readonly IReadOnlyList<int> ChangingByETag = [.. Changing, 428];
}
