using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// Sums and averages in decimals: SQLite's own add doubles, which lose digits. The result is text, because it can have more digits than a number of
/// SQLite; a column of a nested statement that holds one is <see cref="Model.ColumnType.Exact"/>.
/// </summary>
/// <remarks>
/// SQLite calls these functions for every row, so they are its own kind of function: no delegate, no object for a value, and the total in memory that
/// SQLite keeps for a group. No exception may pass through SQLite: of a sum that is too large it is told at the end.
/// </remarks>
internal static unsafe class AggregateFunctions
{
    /// <summary>Digits of an average behind the point, on every database.</summary>
    private const int AverageScale = 10;

    public static void Register(SqliteConnection connection)
    {
        Add(connection, "backend_sum"u8, &Sum);
        Add(connection, "backend_average"u8, &Average);
    }

    private static void Add(SqliteConnection connection, ReadOnlySpan<byte> name, delegate* unmanaged[Cdecl]<nint, void> result)
    {
        // A literal in UTF-8 ends with a zero that its length does not count.
        fixed (byte* text = name)
            SqliteException.ThrowExceptionForRC(
                Engine.CreateFunction(connection.Handle!.DangerousGetHandle(), text, 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, 0, null, &Step, result, null), connection.Handle);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Step(nint context, int count, nint* arguments)
    {
        // SQLite clears the memory when it gives it first; it gives none when none is left, and fails by itself.
        var total = (ExactTotal*)Engine.AggregateContext(context, sizeof(ExactTotal));
        if (total is null)
            return;
        var value = arguments[0];
        switch (Engine.ValueType(value))
        {
            case raw.SQLITE_INTEGER:
                total->Add(Engine.ValueInt64(value));
                break;
            case raw.SQLITE_FLOAT:
                total->Add(Engine.ValueDouble(value));
                break;
            // The text before its length, which is that of the form asked for last.
            case raw.SQLITE_TEXT when Engine.ValueText(value) is var text && decimal.TryParse(
                new ReadOnlySpan<byte>(text, Engine.ValueBytes(value)), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                total->Add(number);
                break;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Sum(nint context) => Finish(context, isAverage: false);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Average(nint context) => Finish(context, isAverage: true);

    private static void Finish(nint context, bool isAverage)
    {
        var total = (ExactTotal*)Engine.AggregateContext(context, 0);
        if (total is null || total->Count == 0)
        {
            Engine.ResultNull(context);
            return;
        }
        if (!total->TrySettle(out var sum))
        {
            var message = "The sum has more than 28 digits."u8;
            fixed (byte* text = message)
                Engine.ResultError(context, text, message.Length);
            Engine.ResultErrorCode(context, raw.SQLITE_MISMATCH);
            return;
        }
        Span<byte> written = stackalloc byte[40];
        (isAverage ? decimal.Round(sum / total->Count, AverageScale, MidpointRounding.AwayFromZero) : sum).TryFormat(written, out var length, default, CultureInfo.InvariantCulture);
        fixed (byte* text = written)
            Engine.ResultText(context, text, length, Engine.Transient);
    }
}
