using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BackendApi.Model;

/// <summary>Brings YAML into the form of JSON, so that one reader reads both. Plain scalars follow the core schema of YAML 1.2: <c>no</c> is a text.</summary>
internal static partial class YamlDocument
{
    /// <summary>Aliases repeat what they refer to; a few lines of them can stand for more than fits into memory.</summary>
    private const int MostNodes = 1_000_000;
    private const int MostLevels = 64;

    /// <returns>The document, or an array of them when the stream holds several.</returns>
    /// <exception cref="YamlMistakeException">This is not YAML, or more than documents need.</exception>
    public static JsonDocument ToJson(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException mistake)
        {
            throw new YamlMistakeException(string.Create(CultureInfo.InvariantCulture, $"This is not YAML: line {mistake.Start.Line}, position {mistake.Start.Column}."));
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var nodes = 0;
            if (stream.Documents.Count != 1)
                json.WriteStartArray();
            foreach (var document in stream.Documents)
                Write(json, document.RootNode, 0, ref nodes);
            if (stream.Documents.Count != 1)
                json.WriteEndArray();
        }
        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, YamlNode node, int level, ref int nodes)
    {
        if (++nodes > MostNodes || level > MostLevels)
            throw new YamlMistakeException($"The document is nested deeper than {MostLevels} levels or has more than {MostNodes} values, those of repeated aliases counted.");
        switch (node)
        {
            case YamlMappingNode mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                        throw new YamlMistakeException(string.Create(CultureInfo.InvariantCulture, $"A name is expected in line {key.Start.Line}."));
                    json.WritePropertyName(name);
                    Write(json, value, level + 1, ref nodes);
                }
                json.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Children)
                    Write(json, item, level + 1, ref nodes);
                json.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                Write(json, scalar);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str"))
            json.WriteStringValue(text);
        else if (text is "" or "~" or "null" or "Null" or "NULL")
            json.WriteNullValue();
        else if (text is "true" or "True" or "TRUE")
            json.WriteBooleanValue(true);
        else if (text is "false" or "False" or "FALSE")
            json.WriteBooleanValue(false);
        else if (Number().IsMatch(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(text);
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Number();
}

/// <summary>Its message is meant for the author of the document.</summary>
internal sealed class YamlMistakeException(string message) : Exception(message);
