using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BackendApi.Model;

/// <summary>Writes a configuration document as <see cref="DefinitionReader"/> reads it, without the members that it leaves out.</summary>
public static class DefinitionWriter
{
    public static string ToJson(EndpointDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, definition);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, EndpointDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString("alias", definition.Alias);
        Text(json, "entitySet", definition.EntitySet);
        json.WriteString("table", definition.Table);
        json.WriteBoolean("isActive", definition.IsActive);
        Flag(json, "isSingleton", definition.IsSingleton ? true : null);
        Texts(json, "key", definition.Key);
        json.WriteStartObject("allow");
        json.WriteBoolean("create", definition.Allow.Create);
        json.WriteBoolean("update", definition.Allow.Update);
        json.WriteBoolean("delete", definition.Allow.Delete);
        json.WriteEndObject();
        Text(json, "description", definition.Description);
        List(json, "fields", definition.Fields, WriteField);
        List(json, "alternateKeys", definition.AlternateKeys, WriteTexts);
        Text(json, "concurrency", definition.Concurrency);
        Flag(json, "requireETag", definition.RequireETag ? true : null);
        Texts(json, "search", definition.Search);
        Text(json, "filter", definition.Filter);
        Flag(json, "trackChanges", definition.TrackChanges ? true : null);
        List(json, "rules", definition.Rules, WriteRule);
        List(json, "relations", definition.Relations, WriteRelation);
        List(json, "derived", definition.Derived, WriteDerived);
        if (definition.Media is { } media)
            WriteMedia(json, media);
        List(json, "streams", definition.Streams, WriteStream);
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteStartObject();
        json.WriteString("column", field.Column);
        Text(json, "name", field.Name);
        Text(json, "alias", field.Alias);
        Text(json, "type", field.Type);
        Flag(json, "isCreatable", field.IsCreatable);
        Flag(json, "isEditable", field.IsEditable);
        Text(json, "description", field.Description);
        Text(json, "example", field.Example);
        List(json, "members", field.Members, WriteMember);
        Flag(json, "isFlags", field.IsFlags ? true : null);
        List(json, "items", field.Items, WriteItem);
        Number(json, "precision", field.Precision);
        Number(json, "scale", field.Scale);
        if (field.Validation is { } validation)
            WriteValidation(json, validation);
        List(json, "transform", field.Transform, WriteTransform);
        json.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter json, StreamDefinition stream)
    {
        json.WriteStartObject();
        json.WriteString("column", stream.Column);
        Text(json, "name", stream.Name);
        Text(json, "contentType", stream.ContentType);
        Text(json, "contentTypeColumn", stream.ContentTypeColumn);
        Flag(json, "isEditable", stream.IsEditable);
        Text(json, "description", stream.Description);
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, ItemDefinition item)
    {
        json.WriteStartObject();
        json.WriteString("name", item.Name);
        json.WriteString("type", item.Type);
        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, EnumMember member)
    {
        json.WriteStartObject();
        json.WriteString("name", member.Name);
        Text(json, "value", member.Value);
        json.WriteEndObject();
    }

    private static void WriteTransform(Utf8JsonWriter json, TransformDefinition transform)
    {
        if (transform.Step is { } step)
        {
            json.WriteStringValue(step);
            return;
        }
        json.WriteStartObject();
        Text(json, "default", transform.Default);
        Text(json, "constant", transform.Constant);
        if (transform.Lookup is { } lookup)
        {
            json.WriteStartObject("lookup");
            json.WriteString("set", lookup.Set);
            json.WriteString("by", lookup.By);
            json.WriteEndObject();
        }
        Text(json, "compute", transform.Compute);
        json.WriteEndObject();
    }

    private static void WriteValidation(Utf8JsonWriter json, ValidationDefinition validation)
    {
        json.WriteStartObject("validation");
        Flag(json, "isRequired", validation.IsRequired);
        Number(json, "min", validation.Min);
        Number(json, "max", validation.Max);
        Number(json, "minLength", validation.MinLength);
        Number(json, "maxLength", validation.MaxLength);
        Text(json, "pattern", validation.Pattern);
        Texts(json, "enum", validation.Enum);
        Text(json, "format", validation.Format);
        Number(json, "precision", validation.Precision);
        Number(json, "scale", validation.Scale);
        Text(json, "references", validation.References);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleDefinition rule)
    {
        json.WriteStartObject();
        json.WriteString("expression", rule.Expression);
        json.WriteString("message", rule.Message);
        json.WriteEndObject();
    }

    private static void WriteRelation(Utf8JsonWriter json, RelationDefinition relation)
    {
        json.WriteStartObject();
        json.WriteString("name", relation.Name);
        Text(json, "alias", relation.Alias);
        json.WriteString("target", relation.Target);
        Text(json, "multiplicity", relation.Multiplicity);
        json.WriteBoolean("isEditable", relation.IsEditable);
        List(json, "on", relation.On, WritePair);
        if (relation.Through is { } through)
        {
            json.WriteStartObject("through");
            json.WriteString("table", through.Table);
            List(json, "on", through.On, WritePair);
            List(json, "to", through.To, WritePair);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteDerived(Utf8JsonWriter json, DerivedDefinition derived)
    {
        json.WriteStartObject();
        json.WriteString("name", derived.Name);
        json.WriteString("column", derived.Column);
        json.WriteString("value", derived.Value);
        List(json, "fields", derived.Fields, WriteField);
        List(json, "relations", derived.Relations, WriteRelation);
        json.WriteEndObject();
    }

    private static void WriteMedia(Utf8JsonWriter json, MediaDefinition media)
    {
        json.WriteStartObject("media");
        json.WriteString("column", media.Column);
        Text(json, "contentType", media.ContentType);
        Text(json, "contentTypeColumn", media.ContentTypeColumn);
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, ColumnPair pair)
    {
        json.WriteStartObject();
        json.WriteString("column", pair.Column);
        json.WriteString("targetColumn", pair.TargetColumn);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
            json.WriteBoolean(name, flag);
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string>? values) => List(json, name, values, static (json, text) => json.WriteStringValue(text));

    private static void WriteTexts(Utf8JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray();
        foreach (var text in values)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            write(json, value);
        json.WriteEndArray();
    }
}
