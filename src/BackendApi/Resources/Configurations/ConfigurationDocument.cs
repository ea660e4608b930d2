using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>
/// The configuration document in the shape that the EDM can describe, and back. The two differ in four ways: the EDM has no collection of
/// collections, so an alternate key is an object with <c>columns</c>; nor one of texts and objects, so the name of a transformation is an object with
/// <c>step</c>; a member that was left out is null there; and a collection cannot be null, so one that was left out is empty.
/// </summary>
internal static class ConfigurationDocument
{
    /// <summary>A member of every entity and of no document.</summary>
    public const string Version = "version";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly StructuredType ColumnPair = new("DataExchangeColumnPair",
        [new("column", ValueKind.String, IsNullable: false), new("targetColumn", ValueKind.String, IsNullable: false)]);

    private static readonly StructuredType Through = new("DataExchangeThrough",
        [
            new("table", ValueKind.String, IsNullable: false),
            new("on", ValueKind.Json, ColumnPair, IsCollection: true),
            new("to", ValueKind.Json, ColumnPair, IsCollection: true),
        ]);

    private static readonly StructuredType EnumMember = new("DataExchangeEnumMember",
        [new("name", ValueKind.String, IsNullable: false), new("value", ValueKind.String)]);

    private static readonly StructuredType Item = new("DataExchangeItem",
        [new("name", ValueKind.String, IsNullable: false), new("type", ValueKind.String, IsNullable: false)]);

    private static readonly StructuredType Validation = new("DataExchangeValidation",
        [
            new("isRequired", ValueKind.Boolean),
            new("min", ValueKind.Decimal),
            new("max", ValueKind.Decimal),
            new("minLength", ValueKind.Int32),
            new("maxLength", ValueKind.Int32),
            new("pattern", ValueKind.String),
            new("enum", ValueKind.String, IsCollection: true),
            new("format", ValueKind.String),
            new("precision", ValueKind.Int32),
            new("scale", ValueKind.Int32),
            new("references", ValueKind.String),
        ]);

    private static readonly StructuredType Lookup = new("DataExchangeLookup",
        [new("set", ValueKind.String, IsNullable: false), new("by", ValueKind.String, IsNullable: false)]);

    private static readonly StructuredType Transform = new("DataExchangeTransform",
        [
            new("step", ValueKind.String),
            new("default", ValueKind.String),
            new("constant", ValueKind.String),
            new("lookup", ValueKind.Json, Lookup),
            new("compute", ValueKind.String),
        ]);

    public static readonly StructuredType Allow = new("DataExchangeAllow",
        [
            new("create", ValueKind.Boolean, IsNullable: false),
            new("update", ValueKind.Boolean, IsNullable: false),
            new("delete", ValueKind.Boolean, IsNullable: false),
        ]);

    public static readonly StructuredType Field = new("DataExchangeField",
        [
            new("column", ValueKind.String, IsNullable: false),
            new("name", ValueKind.String),
            new("alias", ValueKind.String),
            new("type", ValueKind.String),
            new("isCreatable", ValueKind.Boolean),
            new("isEditable", ValueKind.Boolean),
            new("description", ValueKind.String),
            new("example", ValueKind.String),
            new("members", ValueKind.Json, EnumMember, IsCollection: true),
            new("isFlags", ValueKind.Boolean, IsNullable: false),
            new("items", ValueKind.Json, Item, IsCollection: true),
            new("precision", ValueKind.Int32),
            new("scale", ValueKind.Int32),
            new("validation", ValueKind.Json, Validation),
            new("transform", ValueKind.Json, Transform, IsCollection: true),
        ]);

    public static readonly StructuredType AlternateKey = new("DataExchangeAlternateKey",
        [new("columns", ValueKind.String, IsCollection: true)]);

    public static readonly StructuredType Rule = new("DataExchangeRule",
        [new("expression", ValueKind.String, IsNullable: false), new("message", ValueKind.String, IsNullable: false)]);

    public static readonly StructuredType Relation = new("DataExchangeRelation",
        [
            new("name", ValueKind.String, IsNullable: false),
            new("alias", ValueKind.String),
            new("target", ValueKind.String, IsNullable: false),
            new("multiplicity", ValueKind.String),
            new("isEditable", ValueKind.Boolean, IsNullable: false),
            new("on", ValueKind.Json, ColumnPair, IsCollection: true),
            new("through", ValueKind.Json, Through),
        ]);

    public static readonly StructuredType Derived = new("DataExchangeDerived",
        [
            new("name", ValueKind.String, IsNullable: false),
            new("column", ValueKind.String, IsNullable: false),
            new("value", ValueKind.String, IsNullable: false),
            new("fields", ValueKind.Json, Field, IsCollection: true),
            new("relations", ValueKind.Json, Relation, IsCollection: true),
        ]);

    public static readonly StructuredType Media = new("DataExchangeMedia",
        [new("column", ValueKind.String, IsNullable: false), new("contentType", ValueKind.String), new("contentTypeColumn", ValueKind.String)]);

    public static readonly StructuredType Stream = new("DataExchangeStream",
        [
            new("column", ValueKind.String, IsNullable: false), new("name", ValueKind.String), new("contentType", ValueKind.String), new("contentTypeColumn", ValueKind.String),
            new("isEditable", ValueKind.Boolean), new("description", ValueKind.String),
        ]);

    /// <summary>A structured member of a document as the entity shows it: every member of <paramref name="type"/>, in its order.</summary>
    public static string Shaped(JsonElement? value, StructuredType? type, bool isCollection)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            Shape(json, value, type, isCollection, ValueKind.String, isNullable: true);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Shape(Utf8JsonWriter json, JsonElement? value, StructuredType? type, bool isCollection, ValueKind kind, bool isNullable)
    {
        if (isCollection)
        {
            json.WriteStartArray();
            if (value is { ValueKind: JsonValueKind.Array } items)
                foreach (var item in items.EnumerateArray())
                    Shape(json, item, type, isCollection: false, kind, isNullable: false);
            json.WriteEndArray();
        }
        else if (type == AlternateKey && value is { ValueKind: JsonValueKind.Array } columns)
        {
            json.WriteStartObject();
            json.WritePropertyName("columns");
            columns.WriteTo(json);
            json.WriteEndObject();
        }
        else if (type == Transform && value is { ValueKind: JsonValueKind.String } step)
            Shape(json, JsonSerializer.SerializeToElement(new { step }), type, isCollection: false, kind, isNullable);
        else if (type is not null && (value is { ValueKind: JsonValueKind.Object } || !isNullable))
        {
            json.WriteStartObject();
            foreach (var member in type.Members)
            {
                json.WritePropertyName(member.Name);
                JsonElement? inner = value is { ValueKind: JsonValueKind.Object } structure && structure.TryGetProperty(member.Name, out var found) ? found : null;
                Shape(json, inner, member.Structure, member.IsCollection, member.Kind, member.IsNullable);
            }
            json.WriteEndObject();
        }
        else if (value is { } plain)
            plain.WriteTo(json);
        else if (kind == ValueKind.Boolean && !isNullable)
            json.WriteBooleanValue(false);
        else
            json.WriteNullValue();
    }

    /// <summary>
    /// A request body as a document: without annotations, without the members that the service itself keeps, with alternate keys as lists of
    /// columns and without the empty collections that stand for "left out". Those of an entity as a GET shows it all do; in a document that somebody wrote,
    /// no relations are none.
    /// </summary>
    /// <param name="keepNulls">Nulls stay, because in a merge they remove a member.</param>
    public static JsonElement FromBody(JsonElement body, bool keepNulls)
    {
        var document = JsonObject.Create(body)!;
        var none = document.ContainsKey(Version) ? [] : ConfigurationMember.All.Where(member => member.MeansNone && document[member.Name] is JsonArray { Count: 0 }).ToList();
        foreach (var member in ConfigurationMember.All.Where(member => member.IsKept).Select(member => member.Name))
            document.Remove(member);
        if (document["alternateKeys"] is JsonArray keys)
            for (var index = 0; index < keys.Count; index++)
                if (keys[index] is JsonObject { } key && key["columns"] is JsonArray columns)
                    keys[index] = columns.DeepClone();
        Tidy(document, keepNulls);
        foreach (var member in none)
            document[member.Name] = new JsonArray();
        try
        {
            return JsonSerializer.SerializeToElement(document);
        }
        catch (JsonException)
        {
            // JSON can escape halves of characters, which no text can hold.
            throw new ServiceException(Errors.InvalidBody, "A text of the document is not valid Unicode.");
        }
    }

    /// <summary>What would link entities is none: the document has no such member, and its reader says so.</summary>
    private static bool IsAnnotation(string name) => ControlInformation.Parse(name) is { Term: not ("bind" or "delta") };

    private static void Tidy(JsonObject structure, bool keepNulls)
    {
        foreach (var (name, value) in structure.ToList())
        {
            if (IsAnnotation(name) || (value is null && !keepNulls))
                structure.Remove(name);
            else if (value is JsonArray { Count: 0 })
            {
                // In a merge an empty list must still take the place of one that is stored.
                if (keepNulls)
                    structure[name] = null;
                else
                    structure.Remove(name);
            }
            else if (value is JsonObject inner)
                Tidy(inner, keepNulls);
            else if (value is JsonArray items)
                // What stands in a list is never merged: there a null is a member that was left out.
                foreach (var item in items.OfType<JsonObject>())
                    Tidy(item, keepNulls: false);
        }
    }
}
