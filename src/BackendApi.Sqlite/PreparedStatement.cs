using System.Diagnostics;
using System.Text;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// One statement, prepared for one connection, and run through SQLite's own interface. The driver's commands look each parameter up by its name at each run, among
/// all others: for 400 values that took as long as all the rest of an INSERT.
/// </summary>
internal sealed unsafe class PreparedStatement : IDisposable
{
    /// <summary>How long a statement that meets the lock of another connection tries again. Within one process only readers of a shared cache do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection _connection;
    private nint _statement;

    /// <exception cref="SqliteException">It is no SQL, or names what is not there.</exception>
    public PreparedStatement(SqliteConnection connection, string text)
    {
        (_connection, Text) = (connection, text);
        var utf8 = Encoding.UTF8.GetBytes(text);
        nint statement;
        int code;
        var since = 0L;
        do
        {
            byte* rest;
            fixed (byte* first = utf8)
            {
                code = Engine.Prepare(connection.Handle!.DangerousGetHandle(), first, utf8.Length, Engine.Persistent, &statement, &rest);
                var behind = code == raw.SQLITE_OK ? utf8.AsSpan((int)(rest - first)).TrimStart(" \r\n\t;"u8) : default;
                Rest = behind.IsEmpty ? null : Encoding.UTF8.GetString(behind);
            }
        }
        while (IsLocked(code, ref since));
        Check(code);
        _statement = statement;
    }

    public string Text { get; }

    /// <summary>The statements behind the first, which can be prepared once it has run: they may name what it creates. Null when it is the only one.</summary>
    public string? Rest { get; }

    /// <summary>For the functions of <see cref="Engine"/>; 0 when it is disposed.</summary>
    public nint Handle => _statement;

    /// <summary>Gives the parameters <c>?1</c>, <c>?2</c>, ... their values.</summary>
    public void Bind(IReadOnlyList<SqlParameter> parameters)
    {
        // Whoever has left it in the middle of its rows.
        Reset();
        if (parameters.Count != Engine.ParameterCount(_statement))
            throw new ArgumentException($"The statement has {Engine.ParameterCount(_statement)} parameters and not {parameters.Count}.", nameof(parameters));
        for (var i = 0; i < parameters.Count; i++)
            Check(Types.Bind(_statement, i + 1, parameters[i]));
    }

    /// <summary>Goes to the first row, or to the next.</summary>
    /// <returns>False when there is no more: the statement is done, and holds nothing.</returns>
    /// <exception cref="SqliteException">The statement failed and holds nothing.</exception>
    public bool Step()
    {
        var since = 0L;
        int code;
        while (IsLocked(code = Engine.Step(_statement), ref since))
            _ = Engine.Reset(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        try
        {
            Check(code);
        }
        finally
        {
            Reset();
        }
        return false;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The rows that it has changed; 0 for one that changes none.</returns>
    public int Run()
    {
        while (Step())
        {
        }
        return Changes;
    }

    /// <summary>Once it is done.</summary>
    public int Changes => Engine.IsReadOnly(_statement) != 0 ? 0 : Engine.Changes(_connection.Handle!.DangerousGetHandle());

    /// <summary>Lets go of what it holds: its place in the rows, and their lock.</summary>
    public void Reset()
    {
        if (_statement != 0)
            _ = Engine.Reset(_statement);
    }

    public void Dispose()
    {
        if (_statement != 0)
            _ = Engine.Finalize(_statement);
        _statement = 0;
    }

    /// <summary>SQLite's own waiting does not cover every lock.</summary>
    private static bool IsLocked(int code, ref long since)
    {
        if (code is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_LOCKED_SHAREDCACHE))
            return false;
        since = since == 0 ? Stopwatch.GetTimestamp() : since;
        if (Stopwatch.GetElapsedTime(since) >= Patience)
            return false;
        Thread.Sleep(Pause);
        return true;
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }
}
