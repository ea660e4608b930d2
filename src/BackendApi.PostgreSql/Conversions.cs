using System.Collections.Frozen;
using System.Globalization;
using BackendApi.Model;

namespace BackendApi.PostgreSql;

/// <summary>
/// Templates of <c>cast</c>. PostgreSQL's own casts fail on what they do not take, so each stands behind a condition that lets through only what it
/// takes: texts by a regular expression, numbers by their range.
/// </summary>
internal static class Conversions
{
    /// <summary>To the next whole number, a half away from zero, without the detour over decimals that would cost digits.</summary>
    internal const string Rounded = "(trunc({0}) + case when abs({0} - trunc({0})) >= 0.5 then sign({0}) else 0 end)";

    private const string Number = @"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?";
    private const string Clock = @"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,12})?)?";
    private const string Day =
        "(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
        + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
    private const string Offset = "([Zz]|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)";
    private const string Period = @"[+-]?P(?!$)([0-9]{1,7}D)?(T(?!$)([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}(\.[0-9]{1,12})?S)?)?";

    private static readonly (ValueKind Kind, string Name, string Least, string Most)[] Integers =
    [
        (ValueKind.Byte, "smallint", "0", "255"),
        (ValueKind.Int16, "smallint", "-32768", "32767"),
        (ValueKind.Int32, "integer", "-2147483648", "2147483647"),
        (ValueKind.Int64, "bigint", "-9223372036854775808", "9223372036854775807"),
    ];

    /// <summary>ISO 8601 from the number of seconds: days, hours, minutes, seconds, each where it is not zero.</summary>
    private static readonly string Duration = DurationText();

    // Behind what it is made of.
    public static readonly FrozenDictionary<(ValueKind From, ValueKind To), string> Templates = All().ToFrozenDictionary();

    private static IEnumerable<KeyValuePair<(ValueKind From, ValueKind To), string>> All()
    {
        foreach (var (kind, name, least, most) in Integers)
        {
            foreach (var from in Integers)
                if (from.Kind != kind)
                    yield return Pair(from.Kind, kind, from.Kind < kind ? $"{{0}}::{name}" : $"(case when {{0}} between {least} and {most} then {{0}}::{name} end)");
            yield return Pair(ValueKind.Decimal, kind, $"(case when round({{0}}) between {least} and {most} then round({{0}})::{name} end)");
            foreach (var real in new[] { ValueKind.Single, ValueKind.Double })
            {
                var rounded = Rounded.Replace("{0}", "{0}::float8", StringComparison.Ordinal);
                // The double beside the greatest bigint is one too many.
                var isBelow = kind == ValueKind.Int64 ? "< 9223372036854775807::float8" : $"<= {most}";
                yield return Pair(real, kind, $"(case when {rounded} >= ({least})::float8 and {rounded} {isBelow} then {rounded}::{name} end)");
            }
            yield return Pair(ValueKind.String, kind,
                $"(case when {Matches("[+-]?[0-9]{1,19}")} then case when {{0}}::numeric between {least} and {most} then {{0}}::numeric::{name} end end)");
            yield return Pair(kind, ValueKind.String, "{0}::text");
            yield return Pair(kind, ValueKind.Decimal, "{0}::numeric");
            yield return Pair(kind, ValueKind.Double, "{0}::double precision");
            yield return Pair(kind, ValueKind.Single, "{0}::real");
        }

        yield return Pair(ValueKind.Decimal, ValueKind.Double, "(case when abs({0}) < 1e308 then {0}::double precision end)");
        yield return Pair(ValueKind.Decimal, ValueKind.Single, Single("(case when abs({0}) < 1e308 then {0}::float8 end)"));
        yield return Pair(ValueKind.Single, ValueKind.Double, "{0}::double precision");
        yield return Pair(ValueKind.Double, ValueKind.Single, Single("{0}"));
        yield return Pair(ValueKind.Double, ValueKind.Decimal, "(case when abs({0}) < 7.9e28 then {0}::numeric end)");
        yield return Pair(ValueKind.Single, ValueKind.Decimal, "(case when abs({0}) < 7.9e28 then {0}::float8::numeric end)");

        yield return Pair(ValueKind.String, ValueKind.Boolean, "(case lower({0}) when 'true' then true when 'false' then false end)");
        yield return Pair(ValueKind.String, ValueKind.Decimal, $"(case when {Matches(Number)} then case when abs({{0}}::numeric) < 7.9e28 then {{0}}::numeric end end)");
        yield return Pair(ValueKind.String, ValueKind.Double, Double);
        yield return Pair(ValueKind.String, ValueKind.Single, Single(Double));
        yield return Pair(ValueKind.String, ValueKind.Date, $"(case when {Matches(Day)} then {{0}}::date end)");
        yield return Pair(ValueKind.String, ValueKind.TimeOfDay, $"(case when {Matches(Clock)} then {{0}}::time end)");
        yield return Pair(ValueKind.String, ValueKind.DateTimeOffset,
            $"(case when {Matches($"({Day})([Tt]{Clock}{Offset})?")} then case when {{0}}::timestamptz between '0001-01-01T00:00:00Z' and '9999-12-31T23:59:59.999999Z' then {{0}}::timestamptz end end)");
        yield return Pair(ValueKind.String, ValueKind.Duration,
            $"(case when {Matches(Period)} then ltrim({{0}}, '+-')::interval * case when starts_with({{0}}, '-') then -1 else 1 end end)");
        yield return Pair(ValueKind.String, ValueKind.Guid, $"(case when {Matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")} then {{0}}::uuid end)");
        yield return Pair(ValueKind.String, ValueKind.Binary,
            $"(case when {Matches("[A-Za-z0-9_+/-]*={0,2}")} and mod(length(rtrim({{0}}, '=')), 4) <> 1 then decode(rpad(translate(rtrim({{0}}, '='), '-_', '+/'), (length(rtrim({{0}}, '=')) + 3) / 4 * 4, '='), 'base64') end)");

        yield return Pair(ValueKind.Boolean, ValueKind.String, "(case when {0} then 'true' when not {0} then 'false' end)");
        yield return Pair(ValueKind.Decimal, ValueKind.String, "(case when strpos({0}::text, '.') > 0 then rtrim(rtrim({0}::text, '0'), '.') else {0}::text end)");
        yield return Pair(ValueKind.Double, ValueKind.String, Text("{0}"));
        // Its own digits, not those of the double beside it.
        yield return Pair(ValueKind.Single, ValueKind.String, Text("{0}::text::float8"));
        yield return Pair(ValueKind.Date, ValueKind.String, "to_char({0}, 'YYYY-MM-DD')");
        yield return Pair(ValueKind.TimeOfDay, ValueKind.String, "rtrim(rtrim(to_char({0}, 'HH24:MI:SS.US'), '0'), '.')");
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.String, "(rtrim(rtrim(to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '0'), '.') || 'Z')");
        yield return Pair(ValueKind.Duration, ValueKind.String, Duration);
        yield return Pair(ValueKind.Guid, ValueKind.String, "{0}::text");
        yield return Pair(ValueKind.Binary, ValueKind.String, @"translate(rtrim(replace(encode({0}, 'base64'), E'\n', ''), '='), '+/', '-_')");

        yield return Pair(ValueKind.Date, ValueKind.DateTimeOffset, "({0}::timestamp at time zone 'UTC')");
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.Date, "({0} at time zone 'UTC')::date");
        yield return Pair(ValueKind.DateTimeOffset, ValueKind.TimeOfDay, "({0} at time zone 'UTC')::time");
    }

    private const string Double =
        $"(case when {{0}} ~ '^{Number}$' then case when {{0}}::numeric = 0 or abs({{0}}::numeric) between 5e-324 and 1.7976931348623157e308 then {{0}}::float8 end when {{0}} in ('INF', '+INF', '-INF') then {{0}}::float8 end)";

    private static string Single(string real) =>
        $"(case when abs({real}) < 1e-45 then 0 when abs({real}) < 3.4028235677973366e38 or abs({real}) = 'Infinity' then ({real})::real end)";

    private static string Text(string real) =>
        $"(case when abs({real}) = 'Infinity' then replace(({real})::text, 'Infinity', 'INF') when {real} = 'NaN' then 'NaN' else upper(({real})::text) end)";

    private static string DurationText()
    {
        const string total = "abs(extract(epoch from {0})::numeric)";
        static string Part(string number, string letter) => $"case when {number} = 0 then '' else ({number})::text || '{letter}' end";
        const string days = $"trunc({total} / 86400)";
        const string time = $"mod({total}, 86400)";
        const string seconds = $"mod({total}, 60)";
        return string.Create(CultureInfo.InvariantCulture, $"""
            (case when {total} = 0 then 'PT0S' else case when extract(epoch from {"{0}"}) < 0 then '-' else '' end || 'P' || {Part(days, "D")}
            || case when {time} = 0 then '' else 'T' || {Part($"trunc({time} / 3600)", "H")} || {Part($"trunc(mod({total}, 3600) / 60)", "M")}
            || case when {seconds} = 0 then '' when {seconds} = trunc({seconds}) then trunc({seconds})::text || 'S' else rtrim(({seconds})::text, '0') || 'S' end end end)
            """).ReplaceLineEndings(" ");
    }

    private static string Matches(string pattern) => $"{{0}} ~ '^({pattern})$'";

    private static KeyValuePair<(ValueKind, ValueKind), string> Pair(ValueKind from, ValueKind to, string template) => new((from, to), template);
}
