using System.Globalization;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>Configuration documents that come as text: JSON or YAML.</summary>
internal static class DocumentText
{
    /// <summary>One document, as the body of a POST is read.</summary>
    /// <param name="parameter">Where the text stands, for the error.</param>
    /// <exception cref="ServiceException"><see cref="Errors.InvalidBody"/>: the text is something else.</exception>
    public static ReadDefinitions ReadOne(string text, string parameter)
    {
        using var parsed = Parse(text, parameter);
        return parsed.RootElement.ValueKind == JsonValueKind.Object
            ? DefinitionReader.Read(ConfigurationDocument.FromBody(parsed.RootElement, keepNulls: false))
            : throw new ServiceException(Errors.InvalidBody, "One configuration document is expected.", parameter);
    }

    /// <summary>A document or a list of them, as configuration files are read.</summary>
    /// <inheritdoc cref="ReadOne"/>
    public static ReadDefinitions ReadAll(string text, string parameter)
    {
        using var parsed = Parse(text, parameter);
        return parsed.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? DefinitionReader.Read(parsed.RootElement)
            : throw new ServiceException(Errors.InvalidBody, "A configuration document, or a list of them, is expected.", parameter);
    }

    private static JsonDocument Parse(string text, string parameter)
    {
        var isJson = text.AsSpan().TrimStart() is ['{' or '[', ..];
        try
        {
            return isJson ? JsonDocument.Parse(text, DefinitionReader.JsonOptions) : YamlDocument.ToJson(text);
        }
        catch (JsonException mistake)
        {
            // YAML in flow style begins like JSON.
            return Yaml(text) ?? throw new ServiceException(
                Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"This is not JSON: line {mistake.LineNumber + 1}, position {mistake.BytePositionInLine + 1}."), parameter);
        }
        catch (YamlMistakeException mistake)
        {
            throw new ServiceException(Errors.InvalidBody, mistake.Message, parameter);
        }
        // Half of a surrogate pair in a name.
        catch (InvalidOperationException)
        {
            throw new ServiceException(Errors.InvalidBody, "A name in the document is not valid Unicode.", parameter);
        }
    }

    private static JsonDocument? Yaml(string text)
    {
        try
        {
            return YamlDocument.ToJson(text);
        }
        catch (YamlMistakeException)
        {
            return null;
        }
    }
}
