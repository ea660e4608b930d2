using System.Data.Common;
using System.Text.Json;
using BackendApi.Plan;
using BackendApi.Plan.Writing;
using BackendApi.Sql;
using BackendApi.Stream;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints.Batch;

/// <summary>
/// Makes the responses to a series of POSTs, as <see cref="WriteAnswer"/> makes that to each: the entity as it is stored, or that there is nothing to show.
/// </summary>
internal sealed class SeriesAnswer : IDisposable
{
    private readonly ODataRequest _request;
    private readonly bool _isShown;
    private readonly IReadOnlyList<string> _applied;
    private readonly RowsPlan _told;
    private readonly EntityWriter _writer;
    private readonly JsonStyle _style;
    private readonly JsonEncodedText? _context;
    private readonly string _contentType;
    private readonly PlannedRow[] _rows;
    private readonly Dictionary<PlannedRow, int> _places;
    private readonly Member[] _members;
    private readonly Spool _bodies;
    private readonly Utf8JsonWriter _json;

    private readonly record struct Member(string? ETag, Spool.Slice Body);

    /// <param name="shown">Of each entity; nothing of it stands in other rows.</param>
    /// <param name="rows">One for each of the POSTs.</param>
    /// <param name="bodies">Takes what is shown.</param>
    public SeriesAnswer(HttpContext context, ODataRequest request, string? format, WritePreferences preferences, RowsPlan shown, ValueReader values, PlannedRow[] rows, Spool bodies)
    {
        (_request, _rows, _bodies) = (request, rows, bodies);
        _isShown = preferences.Return != "minimal";
        _applied = [.. request.Applied, .. preferences.Applied];
        _told = _isShown ? shown : TagOf(shown);
        var json = _isShown ? MediaTypes.Json(context.Request.Headers.Accept, format) : JsonFormat.Minimal;
        _contentType = json.ContentType;
        _style = new JsonStyle(json.Level, request.IsV401, json.Ieee754, request.OmitNulls, request.IsOfODataLib);
        _writer = new(values, _style, request.Root);
        if (_style.Level != MetadataLevel.None)
            _context = JsonEncodedText.Encode(ContextUrl.Entity(request.Root, shown.Shape, request.IsV401), JsonStyle.WriterOptions.Encoder);
        _json = new(new SpoolWriter(bodies), JsonStyle.WriterOptions);
        _members = new Member[rows.Length];
        _places = new(rows.Length);
        for (var i = 0; i < rows.Length; i++)
            _places.Add(rows[i], i);
    }

    /// <summary>Something has to be known of the rows.</summary>
    public bool HasColumns => _told.Columns.Count > 0;

    /// <summary>What is told by the statement that stores the rows.</summary>
    public Returning Returned => new([.. _told.Columns.Select(column => ((Term.Column)column).Definition)], (row, stored) => Add(_places[row], stored, offset: 0));

    /// <summary>Asks for the rows where that statement could not tell.</summary>
    public async Task ReadAsync(WriteExecution written, Execution execution)
    {
        var keys = _told.Set.Key.Select(property => (IReadOnlyList<object>)[.. _rows.Select(row => written[row][property.Column]!)]).ToArray();
        var count = 0;
        await using var stored = await execution.ReadAsync(WriteSelects.Shown(_told, keys));
        for (; await stored.ReadAsync(execution.Cancellation); count++)
            Add((int)execution.Values.Int64(stored, 0), stored, offset: 1);
        if (count != _rows.Length)
            throw new InvalidOperationException("A row that was inserted is not there.");
    }

    public SeriesResponses ToResponses(IReadOnlyList<BatchOperation> operations, WriteExecution written)
    {
        var responses = new SeriesResponse[_rows.Length];
        for (var i = 0; i < responses.Length; i++)
            responses[i] = new(operations[i], _request.Root + EntityUrl.Of(_rows[i].Set, written[_rows[i]].Key), _members[i].ETag, _members[i].Body);
        return new(_isShown ? StatusCodes.Status201Created : StatusCodes.Status204NoContent, Headers(responses[0]), responses);
    }

    public void Dispose() => _json.Dispose();

    private void Add(int place, DbDataReader row, int offset)
    {
        var start = _bodies.Length;
        if (_isShown)
        {
            _json.Reset();
            _json.WriteStartObject();
            if (_context is { } context)
                _json.WriteString(_style.Names.Context, context);
            _writer.Members(_json, _told.Shape, row, offset, collections: null);
            _json.WriteEndObject();
            _json.Flush();
        }
        _members[place] = new(_writer.ETag(_told.Shape, row, offset), _bodies.From(start));
    }

    /// <summary>The tag alone.</summary>
    private static RowsPlan TagOf(RowsPlan shown)
    {
        var ordinals = shown.Shape.ETag ?? [];
        return shown with
        {
            Columns = [.. ordinals.Select(ordinal => shown.Columns[ordinal])],
            Shape = shown.Shape with { ETag = shown.Shape.ETag is null ? null : [.. Enumerable.Range(0, ordinals.Count)] },
        };
    }

    private HeaderDictionary Headers(SeriesResponse first)
    {
        var headers = new HeaderDictionary { ["OData-Version"] = _request.IsV401 ? "4.01" : "4.0" };
        if (first.ETag is not null)
            headers["ETag"] = first.ETag;
        if (_isShown)
            headers["Content-Type"] = _contentType;
        headers["Location"] = first.Location;
        if (!_isShown)
            headers["OData-EntityId"] = first.Location;
        if (_applied.Count > 0)
            headers["Preference-Applied"] = string.Join(", ", _applied);
        return headers;
    }
}
