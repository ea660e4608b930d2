using System.Text;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;

namespace BackendApi.Stream;

/// <summary>Control information of expanded collections: counts, and next links where a collection is longer than a page.</summary>
/// <param name="root">The service root with a trailing slash.</param>
/// <param name="query">The request's own query, still encoded: the options of an item can use its parameter aliases.</param>
internal sealed class CollectionLinks(string root, string query, JsonStyle style, byte[] signingKey)
{
    public void WriteCount(ByteSink sink, NavigationModel navigation, long count) =>
        sink.Write(Encoding.UTF8.GetBytes($",\"{JsonEncodedText.Encode(navigation.Name + style.Prefix + "count")}\":{count}"));

    public void WriteNextLink(ByteSink sink, ShapeCollection collection, IReadOnlyList<object> ownerKey, IReadOnlyList<object?> last)
    {
        var remaining = collection.Rows.Top - collection.Rows.PageSize;
        var token = new SkipToken(last, remaining).Encode(signingKey, SkipToken.Subject(collection.Rows), collection.Rows.OrderBy);
        var url = new StringBuilder(root).Append(EntityUrl.Of(collection.Navigation.Source, ownerKey))
            .Append(ContextUrl.Cast(collection.OnlyFor)).Append('/').Append(collection.Navigation.Name).Append(ContextUrl.Cast(collection.Target))
            .Append(collection.Form == ExpandForm.References ? "/$ref?" : "?");
        foreach (var option in collection.Options)
        {
            var split = option.IndexOf('=', StringComparison.Ordinal);
            var name = option[..split].Trim();
            if (name.TrimStart('$').Equals("skip", StringComparison.OrdinalIgnoreCase))
                continue;
            url.Append(name).Append('=').Append(Uri.EscapeDataString(option[(split + 1)..])).Append('&');
        }
        foreach (var option in query.Split('&'))
            if (option.StartsWith('@') || option.StartsWith("%40", StringComparison.Ordinal))
                url.Append(option).Append('&');
        url.Append("$skiptoken=").Append(token);
        sink.Write(Encoding.UTF8.GetBytes(
            $",\"{JsonEncodedText.Encode(collection.Navigation.Name + style.Prefix + "nextLink")}\":\"{JsonEncodedText.Encode(url.ToString(), JsonStyle.WriterOptions.Encoder)}\""));
    }
}
