using System.Runtime.InteropServices;

namespace BackendApi.Sqlite;

/// <summary>
/// SQLite's own entry points for functions that are called for every row: those of the driver's library make objects of the arguments.
/// What only looks at a value, or sets a number, does without leaving the runtime's mode, which would take longer than the look.
/// </summary>
internal static unsafe partial class Engine
{
    /// <summary>SQLITE_TRANSIENT: SQLite copies the text.</summary>
    public const nint Transient = -1;

    [DllImport(Name, EntryPoint = "sqlite3_create_function_v2")]
    public static extern int CreateFunction(
        nint database, byte* name, int arguments, int flags, nint data, delegate* unmanaged[Cdecl]<nint, int, nint*, void> scalar,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> step, delegate* unmanaged[Cdecl]<nint, void> final, delegate* unmanaged[Cdecl]<nint, void> destroy);

    /// <summary>The memory of the group: cleared at first, freed after the final function. Null when <paramref name="bytes"/> is 0 and there was no row.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_aggregate_context")]
    public static extern void* AggregateContext(nint context, int bytes);

    [DllImport(Name, EntryPoint = "sqlite3_value_type"), SuppressGCTransition]
    public static extern int ValueType(nint value);

    /// <summary>Of an integer only: others are converted.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_value_int64"), SuppressGCTransition]
    public static extern long ValueInt64(nint value);

    /// <summary>Of a real number only: others are converted.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_value_double"), SuppressGCTransition]
    public static extern double ValueDouble(nint value);

    [DllImport(Name, EntryPoint = "sqlite3_value_text")]
    public static extern byte* ValueText(nint value);

    [DllImport(Name, EntryPoint = "sqlite3_value_bytes")]
    public static extern int ValueBytes(nint value);

    [DllImport(Name, EntryPoint = "sqlite3_result_null")]
    public static extern void ResultNull(nint context);

    [DllImport(Name, EntryPoint = "sqlite3_result_text")]
    public static extern void ResultText(nint context, byte* text, int length, nint destructor);

    [DllImport(Name, EntryPoint = "sqlite3_result_error")]
    public static extern void ResultError(nint context, byte* message, int length);

    [DllImport(Name, EntryPoint = "sqlite3_result_error_code")]
    public static extern void ResultErrorCode(nint context, int code);
}
