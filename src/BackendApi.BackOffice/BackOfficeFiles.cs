using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BackendApi.BackOffice;

/// <param name="Encoding">Null for the file as it is.</param>
internal sealed record BackOfficeFile(string MediaType, string? Encoding, ReadOnlyMemory<byte> Content);

/// <summary>The files that npm has built, which are resources of this assembly: each as it is, and compressed where that is of use.</summary>
internal sealed class BackOfficeFiles
{
    /// <summary>The best one first.</summary>
    private static readonly (string Extension, string Encoding)[] Encodings = [(".br", "br"), (".gz", "gzip")];

    private readonly FrozenDictionary<string, BackOfficeFile> _files;
    private readonly Dictionary<string, string> _pages;

    private BackOfficeFiles(Dictionary<string, BackOfficeFile> files, Dictionary<string, string> pages) => (_files, _pages) = (files.ToFrozenDictionary(StringComparer.Ordinal), pages);

    /// <summary>The page of that name, with the places of base and nonce open; null when the application was not built.</summary>
    public string? Page(string name) => _pages.GetValueOrDefault(name);

    public static BackOfficeFiles OfAssembly()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, BackOfficeFile>();
        var pages = new Dictionary<string, string>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            if (Path.GetExtension(name) == ".html")
                pages.Add(name, System.Text.Encoding.UTF8.GetString(content));
            else if (MediaTypeOf(name, out var encoding) is { } mediaType)
                files.Add(name, new(mediaType, encoding, content));
        }
        return new(files, pages);
    }

    /// <summary>The file in the form that suits the client best.</summary>
    public BackOfficeFile? Find(string path, StringValues accepted)
    {
        if (!_files.TryGetValue(path, out var plain) || plain.Encoding is not null)
            return null;
        foreach (var (extension, encoding) in Encodings)
            if (Accepts(accepted, encoding) && _files.TryGetValue(path + extension, out var compressed))
                return compressed;
        return plain;
    }

    private static bool Accepts(StringValues accepted, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(accepted!, out var codings) && codings.Any(coding => coding.Quality is not 0 && coding.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    private static string? MediaTypeOf(string name, out string? encoding)
    {
        encoding = null;
        foreach (var (extension, known) in Encodings)
            if (name.EndsWith(extension, StringComparison.Ordinal))
                (name, encoding) = (name[..^extension.Length], known);
        return Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".json" => "application/json",
            ".woff2" => "font/woff2",
            _ => null,
        };
    }
}
