using System.Data.Common;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using Microsoft.OData.Edm;

namespace BackendApi.Stream;

/// <summary>Writes the current row as the JSON object of an entity (JSON Format 6), with the entities that are joined into the row.</summary>
/// <param name="root">The service root with a trailing slash, for the URLs of full metadata.</param>
internal sealed partial class EntityWriter(ValueReader values, JsonStyle style, string root)
{
    private readonly ValueWriter _values = new(values, style);

    public JsonStyle Style => style;

    /// <param name="offset">Columns that stand before the plan's own.</param>
    /// <param name="collections">Takes note of where the row's collections belong; null when the shape has none.</param>
    /// <param name="above">The entities around this one; null where none of them can be met again.</param>
    public void Write(Utf8JsonWriter json, EntityShape shape, DbDataReader row, int offset, IRowCollections? collections, Lineage? above = null)
    {
        json.WriteStartObject();
        Members(json, shape, row, offset, collections, above);
        json.WriteEndObject();
    }

    /// <summary>The members of the object without its braces, for an envelope that has members of its own.</summary>
    /// <param name="etag">Of the entity, where somebody knows it already.</param>
    public void Members(Utf8JsonWriter json, EntityShape shape, DbDataReader row, int offset, IRowCollections? collections, Lineage? above = null, string? etag = null)
    {
        if (shape.Form == ShapeForm.Reference || above?.Holds(shape.Set, UrlOf(shape, row, offset)) == true)
        {
            json.WriteString(style.Names.Id, root + UrlOf(shape, row, offset));
            return;
        }
        var lineage = shape.EndsCycles ? new Lineage(shape.Set, UrlOf(shape, row, offset), above) : null;
        foreach (var link in shape.Links)
            json.WriteString(link.Navigation.Name + style.Prefix + "navigationLink", EntityUrl.Of(link.Shape.Set, row, link.Shape.Key, offset, values));
        var derived = shape.Types is null ? null : TypeOf(shape.Types, row, offset);
        if (style.Level != MetadataLevel.None && shape.Form == ShapeForm.Entity)
            Control(json, shape, derived?.Type, row, offset, etag ?? ETag(shape, row, offset));

        foreach (var nested in shape.Objects)
            Nested(json, nested, row, offset, collections);
        foreach (var column in shape.Properties)
            Property(json, column, row, offset);
        foreach (var complex in shape.Complex)
            Complex(json, complex, row, offset);
        if (derived is not null)
        {
            foreach (var column in derived.Members.Properties)
                Property(json, column, row, offset);
            foreach (var complex in derived.Members.Complex)
                Complex(json, complex, row, offset);
        }

        foreach (var reference in shape.References)
        {
            if (reference.OnlyFor is { } type && type != derived?.Type)
                continue;
            var (navigation, nested, _) = reference;
            var isAbsent = nested.Presence is { } presence && row.IsDBNull(presence + offset);
            if (style.IsDataExchange)
            {
                json.WriteStartArray(navigation.JsonAlias);
                if (!isAbsent)
                    Write(json, nested, row, offset, collections);
                json.WriteEndArray();
            }
            else if (!isAbsent)
            {
                json.WritePropertyName(navigation.JsonName);
                Write(json, nested, row, offset, collections, reference.EndsCycles ? lineage : null);
            }
            else if (!style.OmitNulls)
            {
                json.WriteNull(navigation.JsonName);
            }
        }

        foreach (var collection in shape.Collections)
        {
            if (collection.OnlyFor is { } type && type != derived?.Type)
                continue;
            if (collection.Form == ExpandForm.Count)
                json.WritePropertyName(collection.Navigation.Name + style.Prefix + "count");
            else
                json.WritePropertyName(style.IsDataExchange ? collection.Navigation.JsonAlias : collection.Navigation.JsonName);
            collections!.Begin(json, collection, row, offset, collection.EndsCycles ? lineage : null);
        }
    }

    private string UrlOf(EntityShape shape, DbDataReader row, int offset) => EntityUrl.Of(shape.Set, row, shape.Key, offset, values);

    private void Nested(Utf8JsonWriter json, ShapeObject nested, DbDataReader row, int offset, IRowCollections? collections)
    {
        if (nested.CanBeAbsent && !HasAny(nested.Shape, row, offset))
            return;
        if (!(nested.Presence is { } presence && row.IsDBNull(presence + offset))
            && !nested.Required.Any(property => row.IsDBNull(property.Ordinal + offset) && Has(property, row, offset)))
        {
            json.WritePropertyName(nested.JsonName);
            Write(json, nested.Shape, row, offset, collections);
        }
        else if (!style.OmitNulls)
        {
            json.WriteNull(nested.JsonName);
        }
    }

    /// <summary>The row's part of a concatenation has the member.</summary>
    private bool Has(ShapeProperty property, DbDataReader row, int offset)
    {
        foreach (var (ordinal, parts) in property.Presence)
            if (!row.IsDBNull(ordinal + offset) && !parts[values.Int32(row, ordinal + offset)])
                return false;
        return true;
    }

    private bool HasAny(EntityShape shape, DbDataReader row, int offset) =>
        shape.Properties.Any(property => Has(property, row, offset)) || shape.Objects.Any(nested => HasAny(nested.Shape, row, offset));

    private void Property(Utf8JsonWriter json, ShapeProperty column, DbDataReader row, int offset)
    {
        if (column.Presence.Count > 0 && !Has(column, row, offset))
            return;
        var property = column.Property;
        var ordinal = column.Ordinal + offset;
        if (column.Count is { } count)
            json.WriteNumber(property.Name + style.Prefix + "count", values.Int64(row, count + offset));
        if (column.IsNullable && row.IsDBNull(ordinal))
        {
            // A collection is never null.
            if (property.Items is not null)
            {
                json.WriteStartArray(Name(property));
                json.WriteEndArray();
                return;
            }
            if (!style.OmitNulls)
                json.WriteNull(Name(property));
            return;
        }
        if (style.Level == MetadataLevel.Full || (property.IsDynamic && style.Level == MetadataLevel.Minimal))
            TypeOf(json, property);
        _values.WriteMember(json, Name(property), property, row, ordinal);
    }

    private JsonEncodedText Name(PropertyModel property) => style.IsDataExchange ? property.JsonAlias : property.JsonName;

    public string? ETag(EntityShape shape, DbDataReader row, int offset) =>
        shape.ETag is { } ordinals ? EntityTag.Of(shape.Set.ETag!, row, ordinals, offset, values) : null;

    /// <param name="type">The derived type of the row.</param>
    private void Control(Utf8JsonWriter json, EntityShape shape, DerivedModel? type, DbDataReader row, int offset, string? etag)
    {
        if (style.Level == MetadataLevel.Full)
        {
            var url = EntityUrl.Of(shape.Set, row, shape.Key, offset, values);
            json.WriteString(style.Names.Type, "#" + (type?.Type ?? shape.Set.EntityType).FullTypeName());
            json.WriteString(style.Names.Id, root + url);
            json.WriteString(style.Names.EditLink, url);
            if (shape.Set.Media is { } media)
                Stream(json, media, property: "", url + "/$value", etag, shape.MediaType, shape, row, offset);
            foreach (var (stream, mediaType) in shape.Streams)
                Stream(json, stream.Media, stream.Name, $"{url}/{stream.Name}", etag, mediaType, shape, row, offset);
            foreach (var navigation in shape.Set.Navigations)
                json.WriteString(navigation.Name + style.Prefix + "navigationLink", root + url + "/" + navigation.Name);
            foreach (var navigation in type?.Navigations ?? [])
                json.WriteString(navigation.Name + style.Prefix + "navigationLink", $"{root}{url}/{type!.Type.FullTypeName()}/{navigation.Name}");
            if (!shape.IsPartial)
                Offers(json, shape.Set.Offers, type, root + url);
        }
        else if (style.IsSelfDescribing)
        {
            json.WriteString(style.Names.Type, "#" + (type?.Type ?? shape.Set.EntityType).FullTypeName());
            json.WriteString(style.Names.Id, root + EntityUrl.Of(shape.Set, row, shape.Key, offset, values));
        }
        else
        {
            if (type is not null && type != shape.Type)
                json.WriteString(style.Names.Type, "#" + type.Type.FullTypeName());
            if (style.HasIds)
                json.WriteString(style.Names.Id, root + EntityUrl.Of(shape.Set, row, shape.Key, offset, values));
        }
        if (etag is not null)
            json.WriteString(style.Names.ETag, etag);
        // Whoever selects a stream wants to know something of it.
        if (shape.Streams.Count > 0 && shape.IsPartial && style.Level == MetadataLevel.Minimal)
            foreach (var (stream, mediaType) in shape.Streams)
                Stream(json, stream.Media, stream.Name, address: null, etag, mediaType, shape, row, offset);
    }

    /// <summary>Full metadata names the types that JSON itself cannot tell, minimal metadata those that no type declares (JSON Format 4.6.3). 4.01 leaves the hash away where the type is primitive.</summary>
    private void TypeOf(Utf8JsonWriter json, PropertyModel property)
    {
        if (property.Kind is ValueKind.String or ValueKind.Boolean or ValueKind.Double)
            return;
        if (property.Edm.Type.Kind() is null)
            return;
        var name = property.Kind == ValueKind.Json ? null : property.Kind == ValueKind.Enum
            ? "#" + property.Edm.Type.Definition.FullTypeName()
            : style.IsV401 ? property.Kind.Primitive().ToString() : "#" + property.Kind.Primitive();
        if (name is not null)
            json.WriteString(property.Name + style.Prefix + "type", name);
    }
}

/// <summary>Notes, while a row is being written, where its collections belong and what they are found by.</summary>
internal interface IRowCollections
{
    /// <summary>The name of the collection has just been written; its value is next.</summary>
    /// <param name="lineage">What the entities of the collection may contain once more.</param>
    void Begin(Utf8JsonWriter json, ShapeCollection collection, DbDataReader row, int offset, Lineage? lineage);
}
