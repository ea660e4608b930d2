using System.Runtime.InteropServices;

namespace BackendApi.Sqlite;

/// <summary>Prepared statements. A statement of 0 is harmless: SQLite calls it a misuse, and its columns are null.</summary>
internal static unsafe partial class Engine
{
    /// <summary>SQLITE_PREPARE_PERSISTENT: the statement will be kept, so it stays out of the connection's small memory.</summary>
    public const uint Persistent = 1;

    [DllImport(Name, EntryPoint = "sqlite3_prepare_v3")]
    public static extern int Prepare(nint database, byte* text, int length, uint flags, nint* statement, byte** rest);

    [DllImport(Name, EntryPoint = "sqlite3_step")]
    public static extern int Step(nint statement);

    [DllImport(Name, EntryPoint = "sqlite3_reset")]
    public static extern int Reset(nint statement);

    [DllImport(Name, EntryPoint = "sqlite3_finalize")]
    public static extern int Finalize(nint statement);

    /// <summary>Rows that the last INSERT, UPDATE or DELETE of the connection has touched itself.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_changes")]
    public static extern int Changes(nint database);

    [DllImport(Name, EntryPoint = "sqlite3_stmt_readonly")]
    public static extern int IsReadOnly(nint statement);

    [DllImport(Name, EntryPoint = "sqlite3_bind_parameter_count")]
    public static extern int ParameterCount(nint statement);

    // Parameters are numbered from 1.

    [DllImport(Name, EntryPoint = "sqlite3_bind_null")]
    public static extern int BindNull(nint statement, int parameter);

    [DllImport(Name, EntryPoint = "sqlite3_bind_int64")]
    public static extern int Bind(nint statement, int parameter, long value);

    [DllImport(Name, EntryPoint = "sqlite3_bind_double")]
    public static extern int Bind(nint statement, int parameter, double value);

    [DllImport(Name, EntryPoint = "sqlite3_bind_text")]
    public static extern int BindText(nint statement, int parameter, byte* text, int length, nint destructor);

    [DllImport(Name, EntryPoint = "sqlite3_bind_blob")]
    public static extern int BindBlob(nint statement, int parameter, byte* bytes, int length, nint destructor);

    // Columns are numbered from 0.

    [DllImport(Name, EntryPoint = "sqlite3_column_count"), SuppressGCTransition]
    public static extern int ColumnCount(nint statement);

    [DllImport(Name, EntryPoint = "sqlite3_column_name")]
    public static extern byte* ColumnName(nint statement, int column);

    [DllImport(Name, EntryPoint = "sqlite3_column_decltype")]
    public static extern byte* ColumnDeclaredType(nint statement, int column);

    [DllImport(Name, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static extern int ColumnType(nint statement, int column);

    /// <summary>Of a number only: a text would be parsed.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static extern long ColumnInt64(nint statement, int column);

    /// <summary>Of a number only: a text would be parsed.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static extern double ColumnDouble(nint statement, int column);

    [DllImport(Name, EntryPoint = "sqlite3_column_text")]
    public static extern byte* ColumnText(nint statement, int column);

    [DllImport(Name, EntryPoint = "sqlite3_column_blob")]
    public static extern byte* ColumnBlob(nint statement, int column);

    /// <summary>Of what <see cref="ColumnText"/> or <see cref="ColumnBlob"/> has just pointed at.</summary>
    [DllImport(Name, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    public static extern int ColumnBytes(nint statement, int column);
}
