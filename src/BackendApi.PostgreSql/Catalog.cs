using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace BackendApi.PostgreSql;

/// <summary>Reads pg_catalog in four statements, however many tables there are.</summary>
internal sealed class PostgreSqlCatalog : ICatalog
{
    /// <summary>
    /// Tables, partitioned and foreign tables, views and materialized views that the user may read. Those that an unqualified name finds
    /// in the current schema have no schema here. Only rows of PostgreSQL's own storage are sure to have a version.
    /// </summary>
    private const string Tables = """
        SELECT c.oid, CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname END, c.relname, c.relkind IN ('v', 'm'), obj_description(c.oid, 'pg_class'),
          c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT') AND EXISTS (SELECT 1 FROM pg_catalog.pg_am m WHERE m.oid = c.relam AND m.amname = 'heap'),
          c.relkind = 'r' AND NOT c.relhasrules AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND c.relname NOT LIKE 'backend\_%'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\_temp\_%'
          AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY n.nspname, c.relname
        """;

    /// <summary>
    /// The transaction that wrote the row as it is, in a system column that every plain table has. It has no type that numbers compare with, and
    /// it need not: it is read as its text.
    /// </summary>
    private static readonly ColumnSchema RowVersion = new("xmin", Types.Parse("xid", "xid", -1), IsNullable: false, IsGenerated: true);

    /// <summary>Domains are resolved to what they stand on.</summary>
    private const string Columns = """
        WITH RECURSIVE base AS (
          SELECT t.oid AS type, t.oid AS base, -1 AS modifier, false AS is_required FROM pg_catalog.pg_type t WHERE t.typtype <> 'd'
          UNION ALL
          SELECT t.oid, base.base, CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE base.modifier END, base.is_required OR t.typnotnull
          FROM pg_catalog.pg_type t JOIN base ON base.type = t.typbasetype WHERE t.typtype = 'd'
        )
        SELECT a.attrelid, a.attnum, a.attname, b.typname, format_type(b.oid, m.modifier), m.modifier,
          NOT (a.attnotnull OR base.is_required), a.attidentity <> '', a.attgenerated <> '', COALESCE(pg_get_expr(d.adbin, d.adrelid), t.typdefault),
          col_description(a.attrelid, a.attnum),
          CASE WHEN b.typtype = 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder) END,
          CASE WHEN t.typtype = 'd' THEN ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') END
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        JOIN base ON base.type = a.atttypid
        JOIN pg_catalog.pg_type b ON b.oid = base.base
        CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE base.modifier END AS modifier) m
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attrelid, a.attnum
        """;

    /// <summary>A unique index serves as well as a constraint, unless it covers some rows only or indexes expressions.</summary>
    private const string Keys = """
        SELECT i.indrelid, x.relname, i.indisprimary, (i.indkey::int2[])[0:i.indnkeyatts - 1]
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = ANY ($1) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        ORDER BY i.indrelid, i.indisprimary DESC, x.relname
        """;

    private const string Constraints = """
        SELECT k.conrelid, k.conname, k.contype, k.conkey, k.confrelid, k.confkey,
          CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname END, c.relname, CASE WHEN k.contype = 'c' THEN pg_get_constraintdef(k.oid) END,
          ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS f(number, ord) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = f.number ORDER BY f.ord)
        FROM pg_catalog.pg_constraint k
        LEFT JOIN pg_catalog.pg_class c ON c.oid = k.confrelid LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE k.conrelid = ANY ($1) AND k.contype IN ('f', 'c') AND k.conparentid = 0
        ORDER BY k.conrelid, k.conname
        """;

    /// <summary>What the last VACUUM or ANALYZE has found, and the name as SQL has it of tables that none has seen yet, as partitioned ones seldom are.</summary>
    private const string Estimates = """
        SELECT CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname END, c.relname, c.reltuples::bigint, CASE WHEN c.reltuples <= 0 THEN c.oid::regclass::text END
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relispopulated AND c.relname NOT LIKE 'backend\_%'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\_temp\_%'
          AND (c.reltuples > 0 OR has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
        """;

    /// <summary>So many rows are counted; of more, the planner says how many it takes them for by the size of the file.</summary>
    private const int CountedRows = 10_000;

    public async Task<IReadOnlyDictionary<TableName, long>> EstimateRowsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var rows = new Dictionary<TableName, long>();
        var unknown = new List<(TableName Table, string Name)>();
        await foreach (var row in QueryAsync(connection, Estimates, null, cancellation))
        {
            var table = new TableName(Text(row, 0), row.GetString(1));
            if (Text(row, 3) is { } name)
                unknown.Add((table, name));
            else
                rows[table] = row.GetInt64(2);
        }
        foreach (var (table, name) in unknown)
        {
            await foreach (var row in QueryAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT {CountedRows + 1}) AS few"), null, cancellation))
                rows[table] = row.GetInt64(0);
            if (rows[table] <= CountedRows)
                continue;
            await foreach (var row in QueryAsync(connection, $"EXPLAIN (FORMAT JSON) SELECT 1 FROM {name}", null, cancellation))
                using (var plan = JsonDocument.Parse(row.GetString(0)))
                    rows[table] = plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
        }
        return rows;
    }

    public async Task<IReadOnlyList<TableSchema>> ReadAsync(DbConnection connection, IReadOnlyCollection<TableName>? only, CancellationToken cancellation)
    {
        var currentSchema = await CurrentSchemaAsync(connection, cancellation);
        var wanted = only?.Select(table => table.Schema == currentSchema ? table with { Schema = null } : table).ToHashSet();
        var tables = new Dictionary<uint, Draft>();
        await foreach (var row in QueryAsync(connection, Tables, null, cancellation))
        {
            var name = new TableName(Text(row, 1), row.GetString(2));
            if (wanted is null || wanted.Contains(name))
                tables.Add(row.GetFieldValue<uint>(0), new Draft(name, row.GetBoolean(3), Text(row, 4), row.GetBoolean(5), row.GetBoolean(6)));
        }
        var oids = tables.Keys.ToArray();
        await foreach (var row in QueryAsync(connection, Columns, oids, cancellation))
            tables[row.GetFieldValue<uint>(0)].Columns.Add(row.GetInt16(1), Column(row));
        await foreach (var row in QueryAsync(connection, Keys, oids, cancellation))
            tables[row.GetFieldValue<uint>(0)].AddKey(row.GetString(1), row.GetBoolean(2), row.GetFieldValue<short[]>(3));
        await foreach (var row in QueryAsync(connection, Constraints, oids, cancellation))
        {
            var table = tables[row.GetFieldValue<uint>(0)];
            var columns = row.IsDBNull(3) ? [] : row.GetFieldValue<short[]>(3);
            if (row.GetChar(2) == 'f')
                table.ForeignKeys.Add(new ForeignKey(row.GetString(1), table.Names(columns), new TableName(Text(row, 6), row.GetString(7)), row.GetFieldValue<string[]>(9)));
            else
                table.Restrict(row.GetString(8), columns);
        }
        return [.. tables.Values.Select(table => table.Schema())];
    }

    private static ColumnSchema Column(DbDataReader row)
    {
        var type = Types.Parse(row.GetString(3), row.GetString(4), row.GetInt32(5));
        var value = Text(row, 9);
        var isGenerated = row.GetBoolean(8);
        var isIdentity = row.GetBoolean(7) || value?.StartsWith("nextval(", StringComparison.Ordinal) == true;
        var members = row.IsDBNull(11) ? null : row.GetFieldValue<string[]>(11);
        if (members is null && !row.IsDBNull(12) && type.Kind == ValueKind.String)
            members = row.GetFieldValue<string[]>(12).Select(check => Members(check, "VALUE")).FirstOrDefault(found => found is not null)?.ToArray();
        return new ColumnSchema(
            row.GetString(2), type, row.GetBoolean(6), isIdentity, isGenerated, isGenerated || isIdentity ? null : value, members, Text(row, 10));
    }

    /// <summary>The members that a constraint as pg_get_constraintdef writes it allows the column.</summary>
    private static IReadOnlyList<string>? Members(string definition, string column)
    {
        var checks = ConditionText.Checks(ConditionText.Tokens(definition, bracketsQuote: false));
        return checks.Count == 1 ? ConditionText.Members(checks[0], column) : null;
    }

    private static async Task<string?> CurrentSchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        await foreach (var row in QueryAsync(connection, "SELECT current_schema()::text", null, cancellation))
            return Text(row, 0);
        return null;
    }

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static async IAsyncEnumerable<DbDataReader> QueryAsync(
        DbConnection connection, string sql, uint[]? oids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)connection);
        if (oids is not null)
            command.Parameters.Add(new NpgsqlParameter<uint[]> { TypedValue = oids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader;
    }

    /// <summary>A table while its parts come in.</summary>
    private sealed class Draft(TableName name, bool isView, string? comment, bool hasRowVersion, bool returnsStored)
    {
        private readonly List<UniqueKey> uniqueKeys = [];
        private IReadOnlyList<string> primaryKey = [];

        /// <summary>By attribute number.</summary>
        public SortedList<short, ColumnSchema> Columns { get; } = [];
        public List<ForeignKey> ForeignKeys { get; } = [];

        public void AddKey(string key, bool isPrimary, short[] columns)
        {
            if (isPrimary)
                primaryKey = Names(columns);
            else
                uniqueKeys.Add(new UniqueKey(key, Names(columns)));
        }

        public void Restrict(string check, short[] columns)
        {
            if (columns is [var number] && Columns[number] is { Type.Kind: ValueKind.String, Members: null } column && Members(check, column.Name) is { } members)
                Columns[number] = column with { Members = members };
        }

        public string[] Names(short[] columns) => [.. columns.Select(number => Columns[number].Name)];

        public TableSchema Schema() => new(name, [.. Columns.Values], primaryKey, uniqueKeys, ForeignKeys, isView, comment)
        {
            RowVersion = hasRowVersion ? RowVersion : null,
            ReturnsStored = returnsStored,
        };
    }
}
