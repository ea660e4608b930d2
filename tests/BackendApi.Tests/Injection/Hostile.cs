using System.Text;

namespace BackendApi.Tests.Injection;

/// <summary>Texts that end a quote, a comment, a statement or a template somewhere, in some database, if anybody lets them.</summary>
internal static class Hostile
{
    /// <summary>A word that no statement of ours has.</summary>
    public const string Canary = "zq9canary";

    private static readonly string[] Parts =
    [
        "\"", "\"\"", "'", "''", "`", "[", "]", "]]", ";", "--", "/*", "*/", "\\", "\\'", "%", "_", "{0}", "{1}", "{2}", "{", "}", "{{", "$1", "?1", "?", "@p0", ":p", "$$", "$a$", "E'", "N'", "U&\"", "\0", "\n", "\r",
        "\t", "\u2019", "\u2018", "\u02bc", "\uff07", "\uff02", "\u201d", "\ufe68", "\u202e", "\ufeff", "\u00a0", "\ud83d\ude00", "(", ")", ",", "=", "||", "+", "1=1", " OR 1=1", " UNION SELECT ", "; DROP TABLE x; --",
        "\"; DELETE FROM x; --", "'; DELETE FROM x; --", "]; DELETE FROM x; --", "'||(SELECT 1)||'", "\") --", "'), (", "GO\n", "NULL", "t0.", "CAST(", "a", "Z", "é", " ",
    ];

    public static string Next(Random random, int most = 8)
    {
        var text = new StringBuilder();
        var length = random.Next(1, most);
        var canary = random.Next(length);
        for (var i = 0; i < length; i++)
            text.Append(i == canary ? Canary : "").Append(Parts[random.Next(Parts.Length)]);
        return text.ToString();
    }
}
