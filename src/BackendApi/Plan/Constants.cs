using System.Globalization;
using BackendApi.Model;
using BackendApi.Parse;

namespace BackendApi.Plan;

/// <summary>
/// Gives literals the type of the column that they meet, so that the database compares like with like and can use an index on it.
/// </summary>
internal static class Constants
{
    private static readonly ColumnType[] Plain = [.. Enum.GetValues<ValueKind>().Select(kind => new ColumnType(kind, ""))];

    /// <summary>The type of a value that meets no column.</summary>
    public static ColumnType TypeOf(ValueKind kind) => Plain[(int)kind];

    public static Term.Constant Meeting(Expression.Literal literal, Term? peer)
    {
        var kind = literal.Type.Kind() ?? ValueKind.String;
        if (literal.Value is null)
            return new(peer is Term.Column known ? known.Definition.Type : TypeOf(kind), null);
        if (peer is Term.Column column)
            return Stored(column.Definition.Type, column.Property, literal.Value, kind);
        return new(TypeOf(kind), literal.Value is EnumValue members ? MemberText(null, members) : literal.Value);
    }

    /// <summary>A value as the column stores it; a number that the column cannot hold keeps its own type.</summary>
    public static Term.Constant Stored(ColumnType column, PropertyModel? property, object value, ValueKind kind)
    {
        if (value is EnumValue members)
            return new(column, MemberText(property, members));
        if (column.Kind == kind || (column.Kind is ValueKind.String or ValueKind.Json && value is string))
            return new(column, value);
        if (column.Kind == ValueKind.String)
            return new(column, LiteralText.Write(value));
        if (IsInteger(column.Kind) && IsInteger(kind) && TryNarrow(value, column.Kind, out var narrow))
            return new(column, narrow);
        if (column.Kind == ValueKind.Decimal && IsInteger(kind))
            return new(column, Convert.ToDecimal(value, CultureInfo.InvariantCulture));
        return new(TypeOf(kind), value);
    }

    /// <summary>A value that was read from an order term, on its way back to be compared with it.</summary>
    public static Term.Constant Ordering(Term term, object value) => value is double && term.Kind != ValueKind.Double
        ? new(TypeOf(ValueKind.Double), value)
        : term is Term.Column column
        ? Stored(column.Definition.Type, column.Property, value, term.Kind)
        : new(TypeOf(term.Kind), value);

    /// <summary>The type that holds the values of both.</summary>
    public static ColumnType Wider(ColumnType left, ColumnType right) => TypeOf(left.Kind > right.Kind ? left.Kind : right.Kind);

    public static object Widen(object value, ValueKind kind) => kind switch
    {
        ValueKind.Int16 => Convert.ToInt16(value, CultureInfo.InvariantCulture),
        ValueKind.Int32 => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        ValueKind.Int64 => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ValueKind.Decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        ValueKind.Double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private static string MemberText(PropertyModel? property, EnumValue value)
    {
        var texts = value.Members.Select(member => property?.Members?.FirstOrDefault(known => known.Name == member)?.Value ?? member);
        return string.Join(',', texts);
    }

    private static bool IsInteger(ValueKind kind) => kind is ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64;

    private static bool TryNarrow(object value, ValueKind kind, out object narrow)
    {
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        var (least, most) = kind switch
        {
            ValueKind.Byte => (byte.MinValue, byte.MaxValue),
            ValueKind.Int16 => (short.MinValue, short.MaxValue),
            ValueKind.Int32 => ((long)int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        narrow = kind switch
        {
            _ when number < least || number > most => value,
            ValueKind.Byte => (byte)number,
            ValueKind.Int16 => (short)number,
            ValueKind.Int32 => (int)number,
            _ => number,
        };
        return number >= least && number <= most;
    }
}
