using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BackendApi.Access.Statistics;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;
using Microsoft.AspNetCore.Http;

namespace BackendApi.Endpoints;

/// <summary>Answers one planned read: headers, status, and the body as it comes from the database.</summary>
internal sealed class ReadAnswer
{
    private readonly HttpContext _context;
    private readonly ODataRequest _request;
    private readonly string? _format;
    private readonly Execution _execution;
    private readonly NextLinkKey _key;
    private readonly ByteSink _sink;

    public ReadAnswer(HttpContext context, ODataRequest request, string? format, Execution execution, NextLinkKey key)
    {
        (_context, _request, _format, _execution, _key) = (context, request, format, execution, key);
        _sink = new(context.Response.BodyWriter);
        context.Response.Headers["OData-Version"] = request.IsV401 ? "4.01" : "4.0";
    }

    /// <summary>What an entity says besides, in this answer alone.</summary>
    public string? Secret { get; init; }

    /// <param name="token">Of a delta link, when the plan is one's.</param>
    public async Task WriteAsync(ReadPlan plan, DeltaToken? token = null)
    {
        try
        {
            await AnswerAsync(plan, token);
        }
        catch when (_sink.HasWritten)
        {
            // The client must notice that the answer has no end.
            RequestTally.Break(_context);
            _context.Abort();
            throw;
        }
    }

    private Task AnswerAsync(ReadPlan plan, DeltaToken? token) => plan switch
    {
        ReadPlan.Collection collection => CollectionAsync(collection),
        ReadPlan.Entity entity => EntityAsync(entity),
        ReadPlan.Property property => PropertyAsync(property),
        ReadPlan.Complex complex => ComplexAsync(complex),
        ReadPlan.Media media => MediaAsync(media),
        ReadPlan.ItemCount items => ItemCountAsync(items),
        ReadPlan.Count count => CountAsync(count),
        ReadPlan.All all => AllAsync(all),
        ReadPlan.Changes changes => ChangesAsync(changes, token!),
        _ => throw new InvalidOperationException($"No answer for {plan.GetType().Name}."),
    };

    private async Task CollectionAsync(ReadPlan.Collection plan)
    {
        var (format, style) = Negotiate();
        var writer = new EntityWriter(_execution.Values, style, _request.Root);
        var stream = new CollectionStream(_execution, writer, new(_request.Root, _request.Query, style, _key.Value), _sink);
        var contextUrl = style.Level == MetadataLevel.None ? null : ContextUrl.Collection(_request.Root, plan.Rows.Shape, _request.IsV401);
        var horizon = await HorizonAsync(plan);
        var rows = await stream.WriteAsync(
            plan.Rows,
            new(contextUrl, style),
            begin: () => Begin(format.ContentType, isTracked: horizon is not null),
            nextLink: token => NextLink.Of(_request, (token with { Horizon = horizon }).Encode(_key.Value, SkipToken.Subject(plan.Rows), plan.Rows.OrderBy)),
            isMissing: () => IsMissingAsync(plan.Owner),
            deltaLink: horizon is { } stamp ? DeltaLink(plan.Rows, new(stamp, Id: 0, Pages: null)) : null);
        RequestTally.Of(_context)?.RowsRead = rows ?? throw NotFound();
    }

    /// <summary>
    /// From where on changes will be told; null when they are not tracked. Taken before the rows of the first page are read: what is missing in them is a change
    /// behind it.
    /// </summary>
    private async Task<long?> HorizonAsync(ReadPlan.Collection plan) =>
        !plan.CanTrackChanges ? null
        : plan.Horizon is not null ? plan.Horizon
        : _request.TrackChanges is null ? null
        : (await ChangeReader.WindowAsync(_execution)).Horizon;

    private string DeltaLink(RowsPlan rows, DeltaToken token) => NextLink.OfDelta(_request, token.Encode(_key.Value, rows.Set));

    private async Task ChangesAsync(ReadPlan.Changes plan, DeltaToken token)
    {
        if (plan.IsCount)
        {
            var log = new ChangeReader(_execution, plan.Rows.Set);
            Number(await log.CountAsync(await log.PagesAsync(token)));
            return;
        }
        var (format, style) = Negotiate();
        var shape = plan.Rows.Shape;
        var isNamed = shape.Set.Key.All(part => shape.Properties.Any(property => property.Property == part));
        var writer = new EntityWriter(_execution.Values, style with { HasIds = !isNamed && style.Level != MetadataLevel.None }, _request.Root);
        await new DeltaStream(_execution, writer, _sink, _request.Root).WriteAsync(
            plan,
            token,
            new(style.Level == MetadataLevel.None ? null : ContextUrl.Delta(_request.Root, shape, _request.IsV401), style),
            begin: () => Begin(format.ContentType),
            link: next => DeltaLink(plan.Rows, next));
    }

    /// <summary>An entity of which everything that is shown stands in one row that somebody else reads: what follows writes it.</summary>
    /// <exception cref="ServiceException">406, before anything is read.</exception>
    public Action<System.Data.Common.DbDataReader> Entity(EntityShape shape)
    {
        var (format, style) = Negotiate();
        var writer = new EntityWriter(_execution.Values, style, _request.Root);
        return row =>
        {
            var etag = writer.ETag(shape, row, 0);
            if (etag is not null)
                _context.Response.Headers.ETag = etag;
            Entity(shape, row, etag, writer, format, style);
        };
    }

    private void Entity(EntityShape shape, System.Data.Common.DbDataReader row, string? etag, EntityWriter writer, JsonFormat format, JsonStyle style)
    {
        Begin(format.ContentType);
        var json = _sink.Json();
        json.WriteStartObject();
        new Envelope(EntityContext(shape, style), style).Context(json);
        writer.Members(json, shape, row, 0, collections: null, etag: etag);
        RequestTally.Of(_context)?.RowsRead = 1;
        if (Secret is not null)
            json.WriteString(Model.Csdl.Annotations.ShownOnce, Secret);
        json.WriteEndObject();
        json.Flush();
    }

    private async Task EntityAsync(ReadPlan.Entity plan)
    {
        var (format, style) = Negotiate();
        var writer = new EntityWriter(_execution.Values, style, _request.Root);
        var shape = plan.Rows.Shape;
        using var chunk = shape.HasCollections ? new RowChunk(writer, _execution.Values, shape) : null;
        await using (var row = await _execution.ReadAsync(ReadStatements.Rows(plan.Rows, take: null)))
        {
            if (await row.ReadAsync(_execution.Cancellation))
            {
                var etag = writer.ETag(shape, row, 0);
                if (IsUnmodified(plan.Rows, etag))
                    return;
                if (chunk is null)
                {
                    Entity(shape, row, etag, writer, format, style);
                    return;
                }
                chunk.Add(row, 0, owner: 0);
            }
        }
        if (chunk is not { Count: 1 })
        {
            await NothingAsync(plan.Owner);
            return;
        }
        await new ExpansionReader(_execution, writer).ReadAsync(chunk);
        Begin(format.ContentType);
        if (EntityContext(shape, style) is { } context)
            _sink.Write(Encoding.UTF8.GetBytes($"{{\"{style.Prefix}context\":\"{JsonEncodedText.Encode(context, JsonStyle.WriterOptions.Encoder)}\","));
        else
            _sink.Write("{"u8);
        if (Secret is not null)
            _sink.Write(Encoding.UTF8.GetBytes($"\"{Model.Csdl.Annotations.ShownOnce}\":\"{JsonEncodedText.Encode(Secret)}\","));
        RequestTally.Of(_context)?.RowsRead = 1;
        chunk.CopyMembersTo(0, _sink, new(_request.Root, _request.Query, style, _key.Value));
    }

    /// <summary>Tells the ETag, and holds it against the conditions of a GET: true when the answer is 304 and has no body.</summary>
    /// <exception cref="ServiceException">412.</exception>
    private bool IsUnmodified(RowsPlan plan, string? etag)
    {
        if (etag is not null)
            _context.Response.Headers.ETag = etag;
        // An entity that answers a write has met its conditions before, as it was then.
        if (!HttpMethods.IsGet(_context.Request.Method) && !HttpMethods.IsHead(_context.Request.Method))
            return false;
        switch (Preconditions.Read(_context.Request.Headers).OfRead(etag))
        {
            case PreconditionOutcome.Failed:
                throw new ServiceException(Errors.PreconditionFailed, "The entity has changed since the client read it.", "If-Match");
            // The tag says nothing of other rows that the answer shows something of.
            case PreconditionOutcome.NotModified when plan.IsOfOwnRow:
                _context.Response.StatusCode = StatusCodes.Status304NotModified;
                return true;
            default:
                return false;
        }
    }

    private string? ETag(EntityShape shape, System.Data.Common.DbDataReader row) =>
        shape.ETag is { } ordinals ? EntityTag.Of(shape.Set.ETag!, row, ordinals, 0, _execution.Values) : null;

    private string? EntityContext(EntityShape shape, JsonStyle style) =>
        style.Level == MetadataLevel.None ? null : ContextUrl.Entity(_request.Root, shape, _request.IsV401);

    private async Task PropertyAsync(ReadPlan.Property plan)
    {
        var property = plan.Definition;
        var (format, style) = plan.IsRaw ? (JsonFormat.Minimal, null) : Negotiate();
        await using (var row = await _execution.ReadAsync(ReadStatements.Rows(plan.Rows, take: null)))
        {
            if (await row.ReadAsync(_execution.Cancellation))
            {
                if (IsUnmodified(plan.Rows, ETag(plan.Rows.Shape, row)))
                    return;
                if (row.IsDBNull(0) && property.Items is null)
                    _context.Response.StatusCode = StatusCodes.Status204NoContent;
                else if (style is null)
                    Raw(_execution.Values.Read(property.Kind, row, 0), property);
                else
                    Value(plan, row, format, style);
                return;
            }
        }
        await NothingAsync(plan.Owner);
    }

    private async Task ItemCountAsync(ReadPlan.ItemCount plan)
    {
        await using (var row = await _execution.ReadAsync(ReadStatements.Rows(plan.Rows, take: null)))
        {
            if (await row.ReadAsync(_execution.Cancellation))
            {
                Begin("text/plain");
                _sink.Write(Encoding.UTF8.GetBytes(_execution.Values.Int64(row, 0).ToString(CultureInfo.InvariantCulture)));
                return;
            }
        }
        await NothingAsync(plan.Owner);
    }

    /// <summary>A stream, from the driver to the response piece by piece.</summary>
    private async Task MediaAsync(ReadPlan.Media plan)
    {
        var shape = plan.Rows.Shape;
        await using (var row = await _execution.ReadAsync(ReadStatements.Rows(plan.Rows, take: null), CommandBehavior.SequentialAccess))
        {
            if (await row.ReadAsync(_execution.Cancellation))
            {
                var style = new JsonStyle(MetadataLevel.None, _request.IsV401, Ieee754: false, OmitNulls: false, StandardBase64: false);
                var mediaType = new EntityWriter(_execution.Values, style, _request.Root).MediaType(plan.Content, shape.MediaType, row, 0);
                // What changes with every change of the row changes with every byte of the stream.
                var etag = ETag(shape, row) is { } weak ? EntityTag.Strong(weak) : null;
                if (IsUnmodified(plan.Rows, etag))
                    return;
                var content = plan.Rows.Columns.Count - 1;
                if (await row.IsDBNullAsync(content, _execution.Cancellation))
                {
                    _context.Response.StatusCode = StatusCodes.Status204NoContent;
                    return;
                }
                var part = StreamRange.Of(_context, _execution.Values.Length(row, content), etag);
                Begin(mediaType);
                // Stored by others: a browser must not take it for a page of this service.
                _context.Response.Headers.XContentTypeOptions = "nosniff";
                _context.Response.Headers.ContentSecurityPolicy = "sandbox";
                if (HttpMethods.IsHead(_context.Request.Method))
                    return;
                await using var stream = row.GetStream(content);
                await part.SkipAsync(stream, _execution.Cancellation);
                await _sink.CopyAsync(stream, part.Length, _execution.Cancellation);
                // Where the length is told, the server leaves what is not flushed behind.
                await _context.Response.BodyWriter.FlushAsync(_execution.Cancellation);
                return;
            }
        }
        await NothingAsync(plan.Owner);
    }

    /// <summary>A complex value is the response object itself (JSON Format 11).</summary>
    private async Task ComplexAsync(ReadPlan.Complex plan)
    {
        var (format, style) = Negotiate();
        var shape = plan.Rows.Shape.Complex[0];
        await using (var row = await _execution.ReadAsync(ReadStatements.Rows(plan.Rows, take: null)))
        {
            if (await row.ReadAsync(_execution.Cancellation))
            {
                if (IsUnmodified(plan.Rows, ETag(plan.Rows.Shape, row)))
                    return;
                if (EntityWriter.IsAbsent(shape, row, 0))
                {
                    _context.Response.StatusCode = StatusCodes.Status204NoContent;
                    return;
                }
                Begin(format.ContentType);
                var json = _sink.Json();
                json.WriteStartObject();
                if (style.Level != MetadataLevel.None)
                    json.WriteString(style.Names.Context, ContextUrl.Complex(_request.Root, EntityUrl.Of(plan.Rows.Set, row, plan.Rows.Shape.Key, 0, _execution.Values) + ContextUrl.Cast(plan.Rows.Shape.Type), shape));
                new EntityWriter(_execution.Values, style, _request.Root).ComplexMembers(json, shape, row, 0);
                json.WriteEndObject();
                json.Flush();
                return;
            }
        }
        await NothingAsync(plan.Owner);
    }

    private void Value(ReadPlan.Property plan, System.Data.Common.DbDataReader row, JsonFormat format, JsonStyle style)
    {
        Begin(format.ContentType);
        var json = _sink.Json();
        json.WriteStartObject();
        if (style.Level != MetadataLevel.None)
        {
            var entity = EntityUrl.Of(plan.Rows.Set, row, plan.Rows.Shape.Key, 0, _execution.Values);
            json.WriteString(style.Names.Context, ContextUrl.Property(_request.Root, entity + ContextUrl.Cast(plan.Rows.Shape.Type), plan.Definition.Path));
        }
        if (plan.Definition.Edm.Type.Definition.TypeKind == Microsoft.OData.Edm.EdmTypeKind.Complex)
        {
            // A complex value is the response object itself (JSON Format 11).
            using var document = JsonDocument.Parse(_execution.Values.Json(row, 0));
            foreach (var member in document.RootElement.EnumerateObject())
                member.WriteTo(json);
        }
        else
        {
            if (plan.Rows.Shape.Properties[0].Count is { } count)
                json.WriteNumber(style.Names.Count, _execution.Values.Int64(row, count));
            json.WritePropertyName("value"u8);
            if (row.IsDBNull(0))
                ListWriter.Write(json, null, plan.Definition, style);
            else
                new ValueWriter(_execution.Values, style).Write(json, plan.Definition, row, 0);
        }
        json.WriteEndObject();
        json.Flush();
    }

    private void Raw(object value, PropertyModel property)
    {
        Begin(property.Kind switch
        {
            ValueKind.Binary => "application/octet-stream",
            ValueKind.Json => "application/json",
            _ => "text/plain;charset=utf-8",
        });
        _sink.Write(value switch
        {
            byte[] bytes => bytes,
            decimal number => Encoding.UTF8.GetBytes(EntityUrl.Text(ValueWriter.Scaled(number, property))),
            string text when property.Kind == ValueKind.Enum => Encoding.UTF8.GetBytes(ValueWriter.MemberName(property, text)),
            _ => Encoding.UTF8.GetBytes(EntityUrl.Text(value)),
        });
    }

    private async Task CountAsync(ReadPlan.Count plan)
    {
        var count = await _execution.CountAsync(ReadStatements.Count(plan.Rows));
        if (count == 0 && await IsMissingAsync(plan.Owner))
            throw NotFound();
        Number(count);
    }

    private async Task AllAsync(ReadPlan.All plan)
    {
        var (format, style) = plan.IsCount ? (JsonFormat.Minimal, JsonStyle.DataExchange) : Negotiate();
        var stream = new AllStream(_execution, new(_execution.Values, style with { IsSelfDescribing = true }, _request.Root), _sink, _request.Root);
        if (plan.IsCount)
            Number(await stream.CountAsync(plan));
        else
            await stream.WriteAsync(
                plan,
                begin: () => Begin(format.ContentType),
                nextLink: (set, token) => NextLink.Of(_request, AllPlanner.Encode(_key.Value, set, token)));
    }

    private void Number(long count)
    {
        Begin("text/plain");
        _sink.Write(Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Nothing was found: the owner leads nowhere (204), or there is no such entity (404).</summary>
    private async Task NothingAsync(Subquery? owner)
    {
        if (owner is null || await IsMissingAsync(owner))
            throw NotFound();
        _context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<bool> IsMissingAsync(Subquery? owner) => owner is not null && !await _execution.AnyAsync(ReadStatements.Any(owner));

    private (JsonFormat Format, JsonStyle Style) Negotiate()
    {
        var format = MediaTypes.Json(_context.Request.Headers.Accept, _format);
        return (format, new(format.Level, _request.IsV401, format.Ieee754, _request.OmitNulls, _request.IsOfODataLib));
    }

    private void Begin(string contentType, bool isTracked = false)
    {
        var response = _context.Response;
        response.ContentType = contentType;
        IReadOnlyList<string> applied = isTracked && _request.TrackChanges is { } preference ? [.. _request.Applied, preference] : _request.Applied;
        if (applied.Count > 0)
            response.Headers["Preference-Applied"] = string.Join(", ", applied);
    }

    private static ServiceException NotFound() => new(Errors.EntityNotFound, "No entity has this key.");
}
