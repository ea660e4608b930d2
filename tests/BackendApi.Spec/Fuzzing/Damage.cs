using System.Text;

namespace BackendApi.Spec.Fuzzing;

/// <summary>What becomes of a URL on its way: pieces are lost, doubled, exchanged with those of another, and things get in that nobody meant.</summary>
internal static class Damage
{
    private static readonly string[] Pieces =
    [
        "'", "''", "(", ")", "((", "/", "//", "$", "@", "@a", ",", ";", ":", "=", "&", "?", "%20", "+", "-", ".", "%", "%2", "%27", "%2F", "%00", "%FF", "%C3%A9", "%ED%A0%80",
        "[", "]", "{", "}", "%22", "%5C", "*", " and ", " or ", " not ", " eq ", " in ", " has ", " mul ", " as ", "null", "true", "INF", "NaN", "0", "99999999999999999999999999999999",
        "1e999", "2024-13-45", "9999-12-31T23:59:59Z", "24:00", "PT", "duration'", "binary'", "Edm.String", "$it", "$this", "$root/", "/$count", "/$value", "/$ref", "/$filter(true)",
        "/any(", "/all(", "any(x:", "cast(", "isof(", "case(", "substring(", "geo.distance(", "$apply=", "$compute=", "aggregate(", "groupby((", " with sum as ", "%F0%9F%98%80", "%09",
        "--", ";DROP", "/*", "%27%20OR%201=1--",
    ];

    public static string Of(string url, string other, Random random)
    {
        var text = new StringBuilder(url);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0 when text.Length > 0:
                    text.Remove(Math.Min(at, text.Length - 1), 1);
                    break;
                case 1 or 2:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 3:
                    text.Length = at;
                    break;
                case 4:
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, random.Next(Math.Min(30, text.Length - at + 1))));
                    break;
                default:
                    text.Insert(at, other.AsSpan(random.Next(other.Length + 1)));
                    break;
            }
        }
        return text.ToString();
    }
}
