using System.Globalization;
using System.Text;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>Every kind of value travels to the database as a parameter and comes back as it was.</summary>
public abstract class ValueCases<TDatabase>(TDatabase fixture) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    private Dialect Dialect => fixture.Database.Dialect;

    [DatabaseTheory]
    [MemberData(nameof(ValueSamples.Extremes), MemberType = typeof(ValueSamples))]
    public async Task A_stored_value_is_read_as_it_was_written(ValueKind kind, string sample)
    {
        var value = ValueSamples.All[kind][sample];
        var (table, column) = await CreateAsync(kind);
        await InsertAsync(table, column, value);

        var (read, count) = await ReadAsync(table, column, value);

        read.Should().BeEquivalentTo(ValueSamples.Rounded(value));
        count.Should().Be(1, "the stored value equals the parameter");
    }

    [DatabaseTheory]
    [MemberData(nameof(ValueSamples.Extremes), MemberType = typeof(ValueSamples))]
    public async Task A_value_is_found_in_a_list_parameter(ValueKind kind, string sample)
    {
        var value = ValueSamples.All[kind][sample];
        var (table, column) = await CreateAsync(kind);
        await InsertAsync(table, column, value);
        var text = new StringBuilder("SELECT count(*) FROM ").Append(Quoted(table)).Append(" WHERE ");
        Dialect.AppendIn(text, operand => operand.AppendFormat(CultureInfo.InvariantCulture, Dialect.Operand(column.Type), Quoted(column.Name)), 0, column.Type);

        await using var session = await fixture.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(new(text.ToString(), [new(column.Type, new List<object> { value }, IsList: true)]), default);
        await reader.ReadAsync();

        Dialect.Values.Int64(reader, 0).Should().Be(1);
    }

    [DatabaseTheory]
    [MemberData(nameof(ValueSamples.Extremes), MemberType = typeof(ValueSamples))]
    public async Task A_key_list_joins_in_its_own_order(ValueKind kind, string sample)
    {
        var value = ValueSamples.All[kind][sample];
        var (table, column) = await CreateAsync(kind);
        await InsertAsync(table, column, value);
        var number = new ColumnType(ValueKind.Int32, "");
        var text = new StringBuilder("SELECT k.ord, k.k1 FROM ");
        Dialect.AppendKeyList(text, "k", [(0, column.Type), (1, number)]);
        text.Append(" JOIN ").Append(Quoted(table)).Append(" t ON ");
        text.AppendFormat(CultureInfo.InvariantCulture, Dialect.EqualityOf(kind), string.Format(CultureInfo.InvariantCulture, Dialect.Operand(column.Type), "t." + Quoted(column.Name)), "k.k0");
        text.Append(" ORDER BY k.ord");

        await using var session = await fixture.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(
            new(text.ToString(), [new(column.Type, new List<object> { value, value }, IsList: true), new(number, new List<object> { 70, 71 }, IsList: true)]), default);
        var rows = new List<(long Ord, int Second)>();
        while (await reader.ReadAsync())
            rows.Add((Dialect.Values.Int64(reader, 0), Dialect.Values.Int32(reader, 1)));

        rows.Should().Equal((0, 70), (1, 71));
    }

    [DatabaseTheory]
    [MemberData(nameof(ValueSamples.Kinds), MemberType = typeof(ValueSamples))]
    public async Task Null_is_stored_as_null(ValueKind kind)
    {
        var (table, column) = await CreateAsync(kind);
        await InsertAsync(table, column, null);

        await using var session = await fixture.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(new($"SELECT {Quoted(column.Name)} FROM {Quoted(table)}", []), default);
        (await reader.ReadAsync()).Should().BeTrue();
        reader.IsDBNull(0).Should().BeTrue();
    }

    private async Task<(string Table, ColumnSchema Column)> CreateAsync(ValueKind kind)
    {
        var name = $"value_{Guid.NewGuid():N}";
        var written = new ColumnSchema("v", ValueSamples.TypeOf(kind), true);
        await fixture.RunAsync(Dialect.Ddl.CreateTable(new TableSchema(new(null, name), [new("id", new(ValueKind.Int32, ""), false), written], ["id"], [], [])));
        await using var session = await fixture.Database.OpenAsync(default);
        var found = await Dialect.Catalog.ReadAsync(session.Connection, [new(null, name)], default);
        return (name, found.Single().Column("v")!);
    }

    private async Task InsertAsync(string table, ColumnSchema column, object? value)
    {
        var text = new StringBuilder("INSERT INTO ").Append(Quoted(table)).Append(" (").Append(Quoted("id")).Append(", ").Append(Quoted("v")).Append(") VALUES (1, ");
        var parameter = new StringBuilder();
        Dialect.AppendParameter(parameter, 0);
        text.AppendFormat(CultureInfo.InvariantCulture, Dialect.Stored(column.Type), parameter).Append(')');
        await using var session = await fixture.Database.OpenAsync(default);
        (await session.ExecuteAsync(new(text.ToString(), [new(column.Type, value)]), default)).Should().Be(1);
    }

    private async Task<(object Value, long Count)> ReadAsync(string table, ColumnSchema column, object value)
    {
        var selected = string.Format(CultureInfo.InvariantCulture, Dialect.Selected(column.Type), Quoted("v"));
        var operand = string.Format(CultureInfo.InvariantCulture, Dialect.Operand(column.Type), Quoted("v"));
        var parameter = new StringBuilder();
        Dialect.AppendParameter(parameter, 0);
        var condition = string.Format(CultureInfo.InvariantCulture, Dialect.EqualityOf(column.Type.Kind), operand, parameter);
        await using var session = await fixture.Database.OpenAsync(default);
        object read;
        await using (var reader = await session.ReadAsync(new($"SELECT {selected} FROM {Quoted(table)}", []), default))
        {
            (await reader.ReadAsync()).Should().BeTrue();
            read = ValueSamples.Read(Dialect.Values, reader, 0, column.Type.Kind);
        }
        await using var counter = await session.ReadAsync(new($"SELECT count(*) FROM {Quoted(table)} WHERE {condition}", [new(column.Type, value)]), default);
        await counter.ReadAsync();
        return (read, Dialect.Values.Int64(counter, 0));
    }

    private string Quoted(string name)
    {
        var text = new StringBuilder();
        Dialect.AppendIdentifier(text, name);
        return text.ToString();
    }
}

public sealed class SqliteValues(SqliteTestDatabase database) : ValueCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class PostgreSqlValues(PostgreSqlTestDatabase database) : ValueCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class SqlServerValues(SqlServerTestDatabase database) : ValueCases<SqlServerTestDatabase>(database);
