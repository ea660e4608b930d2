using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// Sums and averages in decimals: SQLite's own add doubles, which lose digits. The result is text, because it can have more digits than a number of
/// SQLite; a column of a nested statement that holds one is <see cref="Model.ColumnType.Exact"/>.
/// </summary>
/// <remarks>The driver's own way to add an aggregate shares one accumulator among the groups of a statement, and among statements.</remarks>
internal static class AggregateFunctions
{
    /// <summary>Digits of an average behind the point, on every database.</summary>
    private const int AverageScale = 10;

    private sealed class Total
    {
        public decimal Sum;
        public long Count;
        public bool IsTooLarge;
    }

    public static void Register(SqliteConnection connection)
    {
        Add(connection, "backend_sum", static total => total.Sum);
        Add(connection, "backend_average", static total => decimal.Round(total.Sum / total.Count, AverageScale, MidpointRounding.AwayFromZero));
    }

    private static void Add(SqliteConnection connection, string name, Func<Total, decimal> result) => raw.sqlite3_create_function(
        connection.Handle, name, 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null,
        static (context, _, arguments) => Step((Total)(context.state ??= new Total()), arguments[0]),
        (context, _) => Finish(context, result));

    // No exception may pass through SQLite: it is told of one at the end.
    private static void Step(Total total, sqlite3_value value)
    {
        if (Number(value) is not { } number)
            return;
        try
        {
            total.Sum += number;
            total.Count++;
        }
        catch (OverflowException)
        {
            total.IsTooLarge = true;
        }
    }

    private static void Finish(sqlite3_context context, Func<Total, decimal> result)
    {
        switch (context.state as Total)
        {
            case { IsTooLarge: true }:
                raw.sqlite3_result_error(context, "The sum has more than 28 digits.");
                raw.sqlite3_result_error_code(context, raw.SQLITE_MISMATCH);
                break;
            case { Count: > 0 } total:
                raw.sqlite3_result_text(context, result(total).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                raw.sqlite3_result_null(context);
                break;
        }
    }

    private static decimal? Number(sqlite3_value value) => raw.sqlite3_value_type(value) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_value_int64(value),
        raw.SQLITE_FLOAT when StoredText.TryDecimal(raw.sqlite3_value_double(value), out var number) => number,
        raw.SQLITE_TEXT when decimal.TryParse(raw.sqlite3_value_text(value).utf8_to_string(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
