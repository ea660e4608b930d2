using System.Text;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>
/// The <c>$skiptoken</c> of a next link: where the page ended and how much of <c>$top</c> is left. Opaque, and signed together with what it
/// belongs to, so that a client can neither read a hidden value's meaning into it nor use it for another query.
/// </summary>
/// <param name="Values">The order values of the last row that was sent.</param>
/// <param name="Remaining">What is left of <c>$top</c>; null when the client set none.</param>
public sealed record SkipToken(IReadOnlyList<object?> Values, long? Remaining)
{
    /// <summary>The changes behind the pages are tracked from this stamp of the change log on, which was read before the first page; null when they are not.</summary>
    public long? Horizon { get; init; }

    /// <summary>What a token is good for: the set and the order that its values are in.</summary>
    public static string Subject(RowsPlan plan)
    {
        var text = new StringBuilder(plan.Set.Name);
        foreach (var term in plan.OrderBy)
            Describe(text.Append(term.IsDescending ? '-' : '+'), term.Value, plan);
        return text.ToString();
    }

    private static void Describe(StringBuilder text, Term term, RowsPlan plan)
    {
        switch (term)
        {
            case Term.Column column:
                // By its place, not by its number: an expansion and the path to the same collection number their sources differently.
                text.Append(PlaceOf(column.Source, plan)).Append('.').Append(column.Definition.Name);
                // The columns of nested statements are numbered: the kind tells those of one request from those of another.
                if (column.Source.Rows is SourceRows.Query)
                    text.Append(':').Append(column.Kind);
                break;
            case Term.Call call:
                text.Append(call.Function.Name).Append('(');
                foreach (var argument in call.Arguments)
                    Describe(text, argument, plan);
                text.Append(')');
                break;
            case Term.Constant constant:
                text.Append('\'').Append(constant.Value).Append('\'');
                break;
            default:
                text.Append(term.GetType().Name);
                break;
        }
    }

    private static int PlaceOf(Source source, RowsPlan plan)
    {
        if (ReferenceEquals(source, plan.From))
            return 0;
        // The path to the collection joins no owners.
        var place = 1;
        foreach (var join in plan.Joins)
        {
            if (ReferenceEquals(join.To, source))
                return place;
            place += ReferenceEquals(join.To, plan.Owner?.Source) ? 0 : 1;
        }
        return -1;
    }

    /// <param name="key">The service's signing key; the same on every node.</param>
    /// <param name="subject">From <see cref="Subject"/>.</param>
    public string Encode(byte[] key, string subject, IReadOnlyList<OrderTerm> order)
    {
        return SignedToken.Encode(key, subject, writer =>
        {
            writer.Write7BitEncodedInt64(Remaining ?? -1);
            for (var i = 0; i < order.Count; i++)
                Write(writer, Values[i]);
            if (Horizon is { } horizon)
                writer.Write7BitEncodedInt64(horizon);
        });
    }

    /// <exception cref="ServiceException">400 when the token was not issued for this subject.</exception>
    public static SkipToken Decode(string text, byte[] key, string subject, IReadOnlyList<OrderTerm> order)
    {
        using var reader = SignedToken.Open(text, key, subject) ?? throw Invalid();
        try
        {
            var remaining = reader.Read7BitEncodedInt64();
            var values = new object?[order.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = Read(reader);
            return new(values, remaining < 0 ? null : remaining) { Horizon = reader.BaseStream.Position < reader.BaseStream.Length ? reader.Read7BitEncodedInt64() : null };
        }
        catch (EndOfStreamException)
        {
            // Signed for this subject, but the set's key changed with a publish in between.
            throw Invalid();
        }
    }

    internal static ServiceException Invalid() =>
        new(Errors.InvalidNextLink, "The $skiptoken was not issued for this request. Follow next links as they are, or begin again without it.", "$skiptoken");

    /// <summary>A letter for the type, then the value.</summary>
    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.Write('0'); break;
            case bool flag: writer.Write('?'); writer.Write(flag); break;
            case byte number: writer.Write('b'); writer.Write(number); break;
            case short number: writer.Write('s'); writer.Write7BitEncodedInt64(number); break;
            case int number: writer.Write('i'); writer.Write7BitEncodedInt64(number); break;
            case long number: writer.Write('l'); writer.Write7BitEncodedInt64(number); break;
            case decimal number: writer.Write('m'); writer.Write(number); break;
            case double number: writer.Write('d'); writer.Write(number); break;
            case float number: writer.Write('f'); writer.Write(number); break;
            case string text: writer.Write('t'); writer.Write(text); break;
            case DateOnly date: writer.Write('D'); writer.Write(date.DayNumber); break;
            case TimeOnly time: writer.Write('T'); writer.Write(time.Ticks); break;
            case DateTimeOffset instant: writer.Write('I'); writer.Write(instant.UtcTicks); break;
            case TimeSpan duration: writer.Write('P'); writer.Write(duration.Ticks); break;
            case Guid guid: writer.Write('g'); writer.Write(guid.ToByteArray()); break;
            default: throw new InvalidOperationException($"{value.GetType().Name} has no order.");
        }
    }

    private static object? Read(BinaryReader reader) => reader.ReadChar() switch
    {
        '?' => reader.ReadBoolean(),
        'b' => reader.ReadByte(),
        's' => (short)reader.Read7BitEncodedInt64(),
        'i' => (int)reader.Read7BitEncodedInt64(),
        'l' => reader.Read7BitEncodedInt64(),
        'm' => reader.ReadDecimal(),
        'd' => reader.ReadDouble(),
        'f' => reader.ReadSingle(),
        't' => reader.ReadString(),
        'D' => DateOnly.FromDayNumber(reader.ReadInt32()),
        'T' => new TimeOnly(reader.ReadInt64()),
        'I' => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        'P' => new TimeSpan(reader.ReadInt64()),
        'g' => new Guid(reader.ReadBytes(16)),
        _ => null,
    };
}
