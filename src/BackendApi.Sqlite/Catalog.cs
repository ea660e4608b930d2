using System.Data.Common;
using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Data.Sqlite;

namespace BackendApi.Sqlite;

/// <summary>Reads sqlite_master and the pragmas. What SQLite keeps only as text, the check constraints, is parsed out of it.</summary>
internal sealed class SqliteCatalog : ICatalog
{
    /// <summary>Rows of a view that are looked at to type the columns that declare nothing: the results of expressions.</summary>
    private const int SampleRows = 100;

    /// <summary>What the last ANALYZE has found: a line for each index, which begins with the number of rows.</summary>
    public async Task<IReadOnlyDictionary<TableName, long>> EstimateRowsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var rows = new Dictionary<TableName, long>();
        var tables = new List<string>();
        var shadows = await ShadowTablesAsync(connection, cancellation);
        // Without rowids, and in virtual tables, nothing but a scan tells. A table whose columns are told like those of an index has none.
        await foreach (var row in QueryAsync(connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %' AND NOT EXISTS (SELECT 1 FROM pragma_index_info(sqlite_master.name)) "
            + "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'backend\\_%' ESCAPE '\\'", cancellation))
            if (!shadows.Contains(row.GetString(0)))
                tables.Add(row.GetString(0));
        foreach (var table in tables)
            await foreach (var row in QueryAsync(connection, EstimateOf(table), cancellation))
                rows[new(null, table)] = row.GetInt64(0);
        var isAnalyzed = false;
        await foreach (var _ in QueryAsync(connection, "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'", cancellation))
            isAnalyzed = true;
        if (!isAnalyzed)
            return rows;
        await foreach (var row in QueryAsync(connection, "SELECT tbl, CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE stat IS NOT NULL", cancellation))
            rows[new(null, row.GetString(0))] = row.GetInt64(1);
        return rows;
    }

    /// <summary>A few rows are counted; of many, SQLite numbers them, and the numbers lie close together unless ids have been given by others.</summary>
    private static string EstimateOf(string table)
    {
        var name = $"\"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return $"SELECT CASE WHEN few.n <= 10000 THEN few.n ELSE (SELECT max(rowid) FROM {name}) - (SELECT min(rowid) FROM {name}) + 1 END FROM (SELECT count(*) AS n FROM (SELECT 1 FROM {name} LIMIT 10001)) AS few";
    }

    public async Task<IReadOnlyList<TableSchema>> ReadAsync(DbConnection connection, IReadOnlyCollection<TableName>? only, CancellationToken cancellation)
    {
        var wanted = only?.Where(table => table.Schema is null or "main").Select(table => table.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var tables = new List<(string Name, bool IsView, string Sql)>();
        await foreach (var row in QueryAsync(connection,
            "SELECT name, type, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'backend\\_%' ESCAPE '\\' ORDER BY name", cancellation))
            if (wanted is null || wanted.Contains(row.GetString(0)))
                tables.Add((row.GetString(0), row.GetString(1) == "view", row.GetString(2)));
        var shadows = await ShadowTablesAsync(connection, cancellation);

        var schemas = new List<TableSchema>(tables.Count);
        foreach (var (name, isView, sql) in tables)
            if (!shadows.Contains(name) && await TableAsync(connection, name, isView, sql, cancellation) is { } schema)
                schemas.Add(schema);
        return schemas;
    }

    /// <summary>The tables behind virtual tables, which are theirs alone to write. SQLite tells them apart since 3.37.</summary>
    private static async Task<HashSet<string>> ShadowTablesAsync(DbConnection connection, CancellationToken cancellation)
    {
        var shadows = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in QueryAsync(connection, "PRAGMA table_list", cancellation))
            if (row.GetString(2) == "shadow")
                shadows.Add(row.GetString(1));
        return shadows;
    }

    /// <summary>Null for a view that no longer works because what it reads is gone.</summary>
    private static async Task<TableSchema?> TableAsync(DbConnection connection, string name, bool isView, string sql, CancellationToken cancellation)
    {
        try
        {
            var keyed = new SortedList<long, string>();
            var found = new List<(string Name, string Declared, bool IsRequired, string? Default, bool IsGenerated)>();
            await foreach (var row in QueryAsync(connection, "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)", cancellation, name))
            {
                // 1 hides a column of a virtual table; 2 and 3 are generated columns.
                if (row.GetInt64(5) == 1)
                    continue;
                var column = row.GetString(0);
                found.Add((column, row.GetString(1), row.GetInt64(2) != 0, row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(5) > 1));
                if (row.GetInt64(4) is > 0 and var position)
                    keyed.Add(position, column);
            }
            if (found.Count == 0)
                return null;

            var checks = ConditionText.Checks(ConditionText.Tokens(sql, bracketsQuote: true));
            var isWithoutRowId = sql.Contains("WITHOUT", StringComparison.OrdinalIgnoreCase) && !isView && !await HasRowIdAsync(connection, name, cancellation);
            var columns = new List<ColumnSchema>(found.Count);
            foreach (var (column, declared, isRequired, value, isGenerated) in found)
            {
                var isRowId = keyed.Count == 1 && keyed.Values[0] == column && declared.Equals("INTEGER", StringComparison.OrdinalIgnoreCase) && !isWithoutRowId;
                var type = declared.Length == 0 && isView ? await SampleAsync(connection, name, column, cancellation) : Proven(Types.Parse(declared), column, checks, isRowId);
                // SQLite lets null into a primary key that is not declared NOT NULL, an error that it keeps for those who rely on it; a key names rows here.
                columns.Add(new ColumnSchema(
                    column, type, !isRequired && !keyed.ContainsValue(column), isRowId, isGenerated, value,
                    type.Kind == ValueKind.String ? checks.Select(check => ConditionText.Members(check, column)).FirstOrDefault(members => members is not null) : null));
            }
            return new TableSchema(
                new TableName(null, name), columns, [.. keyed.Values],
                isView ? [] : await UniqueKeysAsync(connection, name, cancellation),
                isView ? [] : await ForeignKeysAsync(connection, name, cancellation), isView)
            {
                ReturnsStored = sql.StartsWith("CREATE TABLE", StringComparison.OrdinalIgnoreCase) && !await HasTriggersAsync(connection, name, cancellation),
            };
        }
        catch (SqliteException) when (isView && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Adds what check constraints prove of a column: that it holds operand form only, or narrow integers.</summary>
    private static ColumnType Proven(ColumnType type, string column, IReadOnlyList<IReadOnlyList<Token>> checks, bool isRowId)
    {
        const string placeholder = "\"c\"";
        if (isRowId)
            foreach (var kind in (ReadOnlySpan<ValueKind>)[ValueKind.Byte, ValueKind.Int16, ValueKind.Int32])
                if (Proves(Types.RangeCheck(kind, placeholder)!))
                    return type with { Kind = kind };
        return Types.CanonicalCheck(type.Kind, placeholder) is { } canonical && Proves(canonical) ? type with { Native = type.Native + Types.CanonicalMark } : type;

        bool Proves(string condition)
        {
            var expected = ConditionText.Tokens(condition, bracketsQuote: true);
            return checks.Any(check => check.Count == expected.Count && check.Zip(expected).All(pair =>
                pair.Second.IsColumn("c") ? pair.First.IsColumn(column)
                : pair.Second.Kind == pair.First.Kind && pair.Second.Value.Equals(pair.First.Value, pair.First.Kind == TokenKind.Word ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
        }
    }

    /// <summary>The result of an expression in a view has no declared type; its first values tell. Real numbers read as decimals, exact to 15 digits.</summary>
    private static async Task<ColumnType> SampleAsync(DbConnection connection, string view, string column, CancellationToken cancellation)
    {
        var quoted = SqliteDialect.Instance.Quoted(column);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in QueryAsync(connection, $"SELECT DISTINCT typeof({quoted}) FROM (SELECT {quoted} FROM {SqliteDialect.Instance.Quoted(view)} LIMIT {SampleRows})", cancellation))
            seen.Add(row.GetString(0));
        seen.Remove("null");
        return seen.Count == 0 || seen.Contains("text") ? new(ValueKind.String, "")
            : seen.SetEquals(["integer"]) ? new(ValueKind.Int64, "")
            : seen.SetEquals(["blob"]) ? new(ValueKind.Binary, "")
            : seen.Contains("blob") ? new(ValueKind.String, "")
            : new(ValueKind.Decimal, "");
    }

    private static async Task<bool> HasRowIdAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in QueryAsync(connection, $"SELECT rowid FROM {SqliteDialect.Instance.Quoted(table)} LIMIT 0", cancellation))
                break;
            return true;
        }
        catch (SqliteException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<bool> HasTriggersAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        await foreach (var _ in QueryAsync(connection, "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE LIMIT 1", cancellation, table))
            return true;
        return false;
    }

    private static async Task<IReadOnlyList<UniqueKey>> UniqueKeysAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        var keys = new List<UniqueKey>();
        var names = new List<(string Name, string Origin)>();
        // A partial unique index does not make its columns unique.
        await foreach (var row in QueryAsync(connection, "SELECT name, origin FROM pragma_index_list(?1) WHERE \"unique\" = 1 AND partial = 0 AND origin <> 'pk' ORDER BY seq DESC", cancellation, table))
            names.Add((row.GetString(0), row.GetString(1)));
        foreach (var (name, _) in names)
        {
            var columns = new List<string?>();
            await foreach (var row in QueryAsync(connection, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", cancellation, name))
                columns.Add(row.IsDBNull(0) ? null : row.GetString(0));
            if (columns.Count > 0 && !columns.Contains(null))
                keys.Add(new UniqueKey(name, columns!));
        }
        return keys;
    }

    private static async Task<IReadOnlyList<ForeignKey>> ForeignKeysAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        var parts = new List<(long Id, string Target, string From, string? To)>();
        await foreach (var row in QueryAsync(connection, "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq", cancellation, table))
            parts.Add((row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));
        var keys = new List<ForeignKey>();
        foreach (var key in parts.GroupBy(part => part.Id))
        {
            var target = key.First().Target;
            // REFERENCES without columns means the target's primary key.
            var to = key.All(part => part.To is not null) ? key.Select(part => part.To!).ToList() : await PrimaryKeyAsync(connection, target, cancellation);
            var from = key.Select(part => part.From).ToList();
            // SQLite lets a key refer to a table that is not there.
            if (to.Count == from.Count && to.Count > 0 && await ExactNameAsync(connection, target, cancellation) is { } exact)
                keys.Add(new ForeignKey($"fk_{table}_{string.Join('_', from)}", from, new TableName(null, exact), to));
        }
        return keys;
    }

    private static async Task<List<string>> PrimaryKeyAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        var columns = new List<string>();
        await foreach (var row in QueryAsync(connection, "SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk", cancellation, table))
            columns.Add(row.GetString(0));
        return columns;
    }

    /// <summary>The name as the table itself is declared: references may be written in another case.</summary>
    private static async Task<string?> ExactNameAsync(DbConnection connection, string table, CancellationToken cancellation)
    {
        await foreach (var row in QueryAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE", cancellation, table))
            return row.GetString(0);
        return null;
    }

    private static async IAsyncEnumerable<DbDataReader> QueryAsync(
        DbConnection connection, string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation, string? parameter = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (parameter is not null)
            command.Parameters.Add(new SqliteParameter("?1", parameter));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader;
    }
}
