using System.Data;
using System.Data.Common;
using System.Globalization;
using BackendApi.Model;
using BackendApi.Sql;
using Microsoft.Data.SqlClient;

namespace BackendApi.SqlServer;

/// <summary>Reads the sys views in five statements, however many tables there are. Their own rules show a user only what it may see.</summary>
internal sealed class SqlServerCatalog : ICatalog
{
    /// <summary>Those in the user's default schema have no schema here.</summary>
    internal const string Tables = """
        SELECT o.object_id, CASE WHEN s.name = SCHEMA_NAME() THEN NULL ELSE s.name END, o.name, CAST(CASE WHEN o.type = 'V' THEN 1 ELSE 0 END AS bit), CAST(p.value AS nvarchar(4000)),
          CAST(CASE WHEN o.type = 'U' AND NOT EXISTS (SELECT 1 FROM sys.triggers g WHERE g.parent_id = o.object_id AND g.is_disabled = 0) THEN 1 ELSE 0 END AS bit)
        FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
        LEFT JOIN sys.extended_properties p ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = N'MS_Description'
        WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND o.name NOT LIKE N'backend[_]%'
        ORDER BY s.name, o.name
        """;

    /// <summary>The number of rows of each heap or clustered index, which the server keeps.</summary>
    internal const string Estimates = """
        SELECT CASE WHEN s.name = SCHEMA_NAME() THEN NULL ELSE s.name END, t.name, SUM(p.rows)
        FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id JOIN sys.partitions p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
        GROUP BY s.name, t.name
        """;

    /// <summary>Alias types are told as their base type; CLR types, whose base type is none, as themselves.</summary>
    internal const string Columns = $"""
        SELECT c.object_id, c.column_id, c.name, CASE WHEN c.system_type_id = 240 THEN TYPE_NAME(c.user_type_id) ELSE TYPE_NAME(c.system_type_id) END,
          c.max_length, c.precision, c.scale, CAST(k.value AS nvarchar(128)), c.is_nullable, c.is_identity,
          CAST(CASE WHEN c.is_computed = 1 OR c.generated_always_type <> 0 OR c.system_type_id = 189 THEN 1 ELSE 0 END AS bit),
          COALESCE(d.definition, OBJECT_DEFINITION(c.default_object_id)), CAST(p.value AS nvarchar(4000))
        FROM sys.columns c
        LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
        LEFT JOIN sys.extended_properties p ON p.class = 1 AND p.major_id = c.object_id AND p.minor_id = c.column_id AND p.name = N'MS_Description'
        LEFT JOIN sys.extended_properties k ON k.class = 1 AND k.major_id = c.object_id AND k.minor_id = c.column_id AND k.name = N'{Types.KindProperty}'
        WHERE c.object_id IN (SELECT CAST([value] AS int) FROM OPENJSON(@ids)) AND c.is_hidden = 0
        ORDER BY c.object_id, c.column_id
        """;

    /// <summary>A unique index serves as well as a constraint, unless it is filtered.</summary>
    internal const string Keys = """
        SELECT i.object_id, i.name, i.is_primary_key, ic.column_id
        FROM sys.indexes i JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
        WHERE i.object_id IN (SELECT CAST([value] AS int) FROM OPENJSON(@ids)) AND i.is_unique = 1 AND i.has_filter = 0 AND i.is_disabled = 0 AND ic.key_ordinal > 0
        ORDER BY i.object_id, i.is_primary_key DESC, i.name, ic.key_ordinal
        """;

    internal const string ForeignKeys = """
        SELECT f.parent_object_id, f.name, fc.parent_column_id, CASE WHEN s.name = SCHEMA_NAME() THEN NULL ELSE s.name END, o.name, t.name
        FROM sys.foreign_keys f JOIN sys.foreign_key_columns fc ON fc.constraint_object_id = f.object_id
        JOIN sys.objects o ON o.object_id = f.referenced_object_id JOIN sys.schemas s ON s.schema_id = o.schema_id
        JOIN sys.columns t ON t.object_id = fc.referenced_object_id AND t.column_id = fc.referenced_column_id
        WHERE f.parent_object_id IN (SELECT CAST([value] AS int) FROM OPENJSON(@ids))
        ORDER BY f.parent_object_id, f.name, fc.constraint_column_id
        """;

    internal const string Checks = """
        SELECT c.parent_object_id, c.definition
        FROM sys.check_constraints c
        WHERE c.parent_object_id IN (SELECT CAST([value] AS int) FROM OPENJSON(@ids)) AND c.is_disabled = 0
        ORDER BY c.parent_object_id, c.object_id
        """;

    public async Task<IReadOnlyDictionary<TableName, long>> EstimateRowsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var rows = new Dictionary<TableName, long>();
        await foreach (var row in QueryAsync(connection, Estimates, null, cancellation))
            rows[new(Text(row, 0), row.GetString(1))] = row.GetInt64(2);
        return rows;
    }

    public async Task<IReadOnlyList<TableSchema>> ReadAsync(DbConnection connection, IReadOnlyCollection<TableName>? only, CancellationToken cancellation)
    {
        var defaultSchema = await DefaultSchemaAsync(connection, cancellation);
        var wanted = only?.Select(table => table.Schema == defaultSchema ? table with { Schema = null } : table).ToHashSet();
        var tables = new Dictionary<int, Draft>();
        await foreach (var row in QueryAsync(connection, Tables, null, cancellation))
        {
            var name = new TableName(Text(row, 1), row.GetString(2));
            if (wanted is null || wanted.Contains(name))
                tables.Add(row.GetInt32(0), new Draft(name, row.GetBoolean(3), Text(row, 4), row.GetBoolean(5)));
        }
        var ids = $"[{string.Join(',', tables.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]";
        await foreach (var row in QueryAsync(connection, Columns, ids, cancellation))
            tables[row.GetInt32(0)].Columns.Add(row.GetInt32(1), Column(row));
        await foreach (var row in QueryAsync(connection, Keys, ids, cancellation))
            tables[row.GetInt32(0)].AddKeyColumn(row.GetString(1), row.GetBoolean(2), row.GetInt32(3));
        await foreach (var row in QueryAsync(connection, ForeignKeys, ids, cancellation))
            tables[row.GetInt32(0)].AddForeignKeyColumn(row.GetString(1), row.GetInt32(2), new TableName(Text(row, 3), row.GetString(4)), row.GetString(5));
        await foreach (var row in QueryAsync(connection, Checks, ids, cancellation))
            tables[row.GetInt32(0)].Restrict(row.GetString(1));
        return [.. tables.Values.Select(table => table.Schema())];
    }

    private static ColumnSchema Column(DbDataReader row) => new(
        row.GetString(2),
        Types.Parse(row.GetString(3), row.GetInt16(4), row.GetByte(5), row.GetByte(6), Text(row, 7)),
        row.GetBoolean(8), row.GetBoolean(9), row.GetBoolean(10), Text(row, 11), null, Text(row, 12));

    private static async Task<string?> DefaultSchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        await foreach (var row in QueryAsync(connection, "SELECT SCHEMA_NAME()", null, cancellation))
            return Text(row, 0);
        return null;
    }

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static async IAsyncEnumerable<DbDataReader> QueryAsync(
        DbConnection connection, string sql, string? ids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = ((SqlConnection)connection).CreateCommand();
        command.CommandText = sql;
        if (ids is not null)
            command.Parameters.Add(new("@ids", SqlDbType.NVarChar, -1) { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader;
    }

    /// <summary>A table while its parts come in.</summary>
    private sealed class Draft(TableName name, bool isView, string? comment, bool returnsStored)
    {
        private readonly List<string> primaryKey = [];
        private readonly List<(string Name, List<string> Columns)> uniqueKeys = [];
        private readonly List<(string Name, TableName Target, List<string> From, List<string> To)> foreignKeys = [];

        /// <summary>By column number.</summary>
        public SortedList<int, ColumnSchema> Columns { get; } = [];

        public void AddKeyColumn(string key, bool isPrimary, int column)
        {
            if (isPrimary)
            {
                primaryKey.Add(Columns[column].Name);
                return;
            }
            if (uniqueKeys.Count == 0 || uniqueKeys[^1].Name != key)
                uniqueKeys.Add((key, []));
            uniqueKeys[^1].Columns.Add(Columns[column].Name);
        }

        public void AddForeignKeyColumn(string key, int column, TableName target, string targetColumn)
        {
            if (foreignKeys.Count == 0 || foreignKeys[^1].Name != key)
                foreignKeys.Add((key, target, [], []));
            foreignKeys[^1].From.Add(Columns[column].Name);
            foreignKeys[^1].To.Add(targetColumn);
        }

        /// <summary>SQL Server keeps <c>IN</c> as a chain of <c>OR</c>, the last member first.</summary>
        public void Restrict(string definition)
        {
            var condition = ConditionText.Tokens(definition, bracketsQuote: true);
            foreach (var (number, column) in Columns)
                if (column is { Type.Kind: ValueKind.String, Members: null } && ConditionText.Members(condition, column.Name) is { } members)
                {
                    Columns[number] = column with { Members = [.. members.Reverse()] };
                    return;
                }
        }

        public TableSchema Schema() => new(
            name, [.. Columns.Values], primaryKey, [.. uniqueKeys.Select(key => new UniqueKey(key.Name, key.Columns))],
            [.. foreignKeys.Select(key => new ForeignKey(key.Name, key.From, key.Target, key.To))], isView, comment)
        {
            // A table has one at most; in a view it is that of one of several tables.
            RowVersion = isView ? null : Columns.Values.FirstOrDefault(column => column.Type.Native == Types.RowVersion),
            ReturnsStored = returnsStored,
        };
    }
}
