using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Xml;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Stream;

/// <summary>Canonical URLs of entities and the values that stand in them (URL Conventions 4.3.1).</summary>
internal static class EntityUrl
{
    /// <summary><c>Orders(1)</c> or <c>OrderDetails(OrderID=1,ProductID=2)</c>, percent-encoded, relative to the service root.</summary>
    public static string Of(EntitySetModel set, IReadOnlyList<object> key)
    {
        if (set.IsSingleton)
            return set.Name;
        if (key.Count == 1)
            return $"{set.Name}({Uri.EscapeDataString(Literal(key[0], set.Key[0].Kind))})";
        var url = new StringBuilder(set.Name).Append('(');
        for (var i = 0; i < key.Count; i++)
        {
            if (i > 0)
                url.Append(',');
            url.Append(set.Key[i].Name).Append('=').Append(Uri.EscapeDataString(Literal(key[i], set.Key[i].Kind)));
        }
        return url.Append(')').ToString();
    }

    public static string Of(EntitySetModel set, DbDataReader row, IReadOnlyList<int> ordinals, int offset, ValueReader values)
    {
        if (set.IsSingleton)
            return set.Name;
        var key = new object[ordinals.Count];
        for (var i = 0; i < key.Length; i++)
            key[i] = values.Read(set.Key[i].Kind, row, ordinals[i] + offset);
        return Of(set, key);
    }

    /// <summary>A value as it is written in a URL, before percent-encoding.</summary>
    public static string Literal(object value, ValueKind kind) => value switch
    {
        string text when kind == ValueKind.Enum => $"'{text}'",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        TimeSpan duration => $"duration'{XmlConvert.ToString(duration)}'",
        byte[] bytes => $"binary'{System.Buffers.Text.Base64Url.EncodeToString(bytes)}'",
        _ => Text(value),
    };

    /// <summary>A value as plain text: what <c>/$value</c> answers.</summary>
    public static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => XmlConvert.ToString(instant),
        TimeSpan duration => XmlConvert.ToString(duration),
        float number when !float.IsFinite(number) => Text((double)number),
        double number when !double.IsFinite(number) => double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
