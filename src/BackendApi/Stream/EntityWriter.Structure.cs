using System.Data.Common;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Plan;
using BackendApi.Sql;
using Microsoft.OData.Edm;

namespace BackendApi.Stream;

/// <summary>Complex values, and what rows of derived types have besides.</summary>
internal sealed partial class EntityWriter
{
    /// <summary>The Data Exchange dialect knows no complex values: their members stand beside the others, under their own names.</summary>
    private void Complex(Utf8JsonWriter json, ShapeComplex complex, DbDataReader row, int offset)
    {
        var isAbsent = IsAbsent(complex, row, offset);
        if (style.IsDataExchange)
            ComplexMembers(json, complex, row, offset);
        else if (!isAbsent)
        {
            json.WriteStartObject(complex.Complex.JsonName);
            ComplexMembers(json, complex, row, offset);
            json.WriteEndObject();
        }
        else if (!style.OmitNulls)
            json.WriteNull(complex.Complex.JsonName);
    }

    public static bool IsAbsent(ShapeComplex complex, DbDataReader row, int offset)
    {
        if (complex.Presence is not { } columns)
            return false;
        foreach (var ordinal in columns)
            if (!row.IsDBNull(ordinal + offset))
                return false;
        return true;
    }

    /// <summary>The members of a complex value without its braces.</summary>
    public void ComplexMembers(Utf8JsonWriter json, ShapeComplex complex, DbDataReader row, int offset)
    {
        if (style.Level == MetadataLevel.Full)
            json.WriteString(style.Names.Type, "#" + complex.Complex.Type.FullTypeName());
        foreach (var column in complex.Members.Properties)
            Property(json, column, row, offset);
        foreach (var inner in complex.Members.Complex)
            Complex(json, inner, row, offset);
    }

    /// <summary>The media type of the row's stream. What a column holds that is none would break the header.</summary>
    public string MediaType(MediaModel media, int? column, DbDataReader row, int offset)
    {
        var stored = column is { } ordinal && !row.IsDBNull(ordinal + offset) ? values.String(row, ordinal + offset) : null;
        return stored is not null && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(stored, out _) ? stored : media.ContentType ?? "application/octet-stream";
    }

    /// <summary>Where a stream is read and, if it can be, changed, and what it is (JSON Format 4.6.12); in minimal metadata, which leaves out what follows from conventions, only what it is.</summary>
    /// <param name="property">Empty for a media entity.</param>
    /// <param name="address">Null in minimal metadata.</param>
    private void Stream(Utf8JsonWriter json, MediaModel media, string property, string? address, string? etag, int? mediaType, EntityShape shape, DbDataReader row, int offset)
    {
        var prefix = property + style.Prefix;
        if (address is not null)
            json.WriteString(prefix + "mediaReadLink", address);
        if (address is not null && media.IsEditable && shape.Set.Definition.Allow.Update)
            json.WriteString(prefix + "mediaEditLink", address);
        json.WriteString(prefix + "mediaContentType", MediaType(media, mediaType, row, offset));
        if (etag is not null && shape.Set.ETag is ETagModel.Version)
            json.WriteString(prefix + "mediaEtag", EntityTag.Strong(etag));
    }

    /// <summary>What can be called on the entity (JSON Format 4.01, 16 and 17).</summary>
    private static void Offers(Utf8JsonWriter json, OperationOffer[] offers, DerivedModel? type, string url)
    {
        var before = default(JsonEncodedText);
        foreach (var offer in offers)
        {
            if ((offer.OnlyFor is { } only && only != type) || offer.Name.Equals(before))
                continue;
            before = offer.Name;
            json.WriteStartObject(offer.Name);
            json.WriteString("title", offer.Title);
            json.WriteString("target", $"{url}/{offer.Segment}");
            json.WriteEndObject();
        }
    }

    /// <summary>The derived type of the row; null when it has the set's own.</summary>
    private ShapeDerived? TypeOf(ShapeTypes types, DbDataReader row, int offset)
    {
        if (types.Discriminator is not { } ordinal)
            return types.Derived[0];
        if (row.IsDBNull(ordinal + offset))
            return null;
        var value = values.Read(types.Column.Type.Kind, row, ordinal + offset);
        foreach (var derived in types.Derived)
            if (derived.Type.Value.Equals(value))
                return derived;
        return null;
    }
}
