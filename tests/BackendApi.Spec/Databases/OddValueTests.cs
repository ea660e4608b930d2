using System.Data.Common;
using System.Globalization;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>Files that others wrote hold one kind of value in many forms; each is read, and compared, as what it means.</summary>
public sealed class SqliteOddValueTests(SqliteTestDatabase fixture) : IClassFixture<SqliteTestDatabase>
{
    private static readonly DateTimeOffset Fourth = new(2016, 7, 4, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, object> Forms() => new()
    {
        { "TIMESTAMP", "'2016-07-04'", Fourth },
        { "TIMESTAMP", "'2016-07-04 10:20:30'", Fourth.Add(new(10, 20, 30)) },
        { "TIMESTAMP", "'2016-07-04T10:20'", Fourth.Add(new(10, 20, 0)) },
        { "TIMESTAMP", "'2016-07-04 10:20:30.5'", Fourth.Add(new(0, 10, 20, 30, 500)) },
        { "TIMESTAMP", "'2016-07-04T10:20:30.123456789Z'", Fourth.Add(new(10, 20, 30)).AddTicks(1_234_567) },
        { "TIMESTAMP", "'2016-07-04T10:20:30+02:00'", Fourth.Add(new(8, 20, 30)) },
        { "TIMESTAMP", "'2016-07-04 10:20:30 -0530'", Fourth.Add(new(15, 50, 30)) },
        { "TIMESTAMP", "1467590400", Fourth },
        { "TIMESTAMP", "1467590400000", Fourth },
        { "TIMESTAMP", "julianday('2016-07-04 18:00')", Fourth.AddHours(18) },
        { "DATE", "'2016-07-04 10:20:30'", new DateOnly(2016, 7, 4) },
        { "DATE", "1467590400", new DateOnly(2016, 7, 4) },
        { "TIME", "'10:20'", new TimeOnly(10, 20) },
        { "TIME", "'2016-07-04 10:20:30'", new TimeOnly(10, 20, 30) },
        { "INTERVAL", "'P1DT2H'", TimeSpan.FromHours(26) },
        { "INTERVAL", "'1.02:00:00'", TimeSpan.FromHours(26) },
        { "BOOLEAN", "'true'", true },
        { "BOOLEAN", "'N'", false },
        { "BOOLEAN", "2", true },
        { "UUID", "'ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB'", new Guid("abcdefab-cdef-abcd-efab-cdefabcdefab") },
        { "UUID", "'abcdefabcdefabcdefabcdefabcdefab'", new Guid("abcdefab-cdef-abcd-efab-cdefabcdefab") },
        { "UUID", "x'abefcdabefcdcdabefabcdefabcdefab'", new Guid("abcdefab-cdef-abcd-efab-cdefabcdefab") },
        { "DECIMAL(10,2)", "'19.99'", 19.99m },
        { "DECIMAL(10,2)", "20", 20m },
        { "DECIMAL(10,2)", "0.1 + 0.2", 0.3m },
        { "DOUBLE", "3", 3.0 },
        { "BIGINT", "'12'", 12L },
        { "BIGINT", "12.0", 12L },
        { "VARCHAR(10)", "12.5", "12.5" },
        { "VARCHAR(10)", "x'6162'", "ab" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Each_form_is_read_and_found_as_what_it_means(string declared, string literal, object meaning)
    {
        var (table, column) = await StoreAsync(declared, literal);
        await using var session = await fixture.Database.OpenAsync(default);
        await using (var reader = await session.ReadAsync(new($"SELECT v FROM {table}", []), default))
        {
            await reader.ReadAsync();
            ValueSamples.Read(fixture.Database.Dialect.Values, reader, 0, column.Kind).Should().Be(meaning);
        }
        if (literal.StartsWith("x'6", StringComparison.Ordinal) || literal.Contains('+', StringComparison.Ordinal) && meaning is decimal)
            return;
        var operand = string.Format(CultureInfo.InvariantCulture, fixture.Database.Dialect.Operand(column), "v");
        await using var found = await session.ReadAsync(new($"SELECT COUNT(*) FROM {table} WHERE {operand} = ?1", [new(column, meaning)]), default);
        await found.ReadAsync();
        found.GetInt64(0).Should().Be(1);
    }

    [Theory]
    [InlineData("TIMESTAMP", "'soon'")]
    [InlineData("TIMESTAMP", "'2016-13-04'")]
    [InlineData("DATE", "x'00'")]
    [InlineData("TIME", "'25:00'")]
    [InlineData("INTERVAL", "'long'")]
    [InlineData("BOOLEAN", "'maybe'")]
    [InlineData("UUID", "'none'")]
    [InlineData("DECIMAL(10,2)", "'much'")]
    [InlineData("DECIMAL(10,2)", "1e300")]
    [InlineData("SMALLINT", "70000")]
    [InlineData("BIGINT", "1.5")]
    public async Task What_means_nothing_is_a_bad_value_and_equals_nothing(string declared, string literal)
    {
        var (table, column) = await StoreAsync(declared, literal);
        await using var session = await fixture.Database.OpenAsync(default);
        await using (var reader = await session.ReadAsync(new($"SELECT v FROM {table}", []), default))
        {
            await reader.ReadAsync();
            var read = () => ValueSamples.Read(fixture.Database.Dialect.Values, reader, 0, column.Kind);
            fixture.Database.Dialect.Classify(read.Should().Throw<StoredValueException>().Which).Should().Be(Failure.BadValue);
        }
        var operand = string.Format(CultureInfo.InvariantCulture, fixture.Database.Dialect.Operand(column), "v");
        await using var found = await session.ReadAsync(new($"SELECT COUNT(*) FROM {table} WHERE {operand} = ?1", [new(column, ValueSamples.All[column.Kind].Values.First())]), default);
        await found.ReadAsync();
        found.GetInt64(0).Should().Be(0);
    }

    [Fact]
    public async Task An_index_serves_an_instant_that_our_own_DDL_proves_canonical()
    {
        var ddl = fixture.Database.Dialect.Ddl;
        var table = new TableSchema(new(null, "proven"), [new("id", new(ValueKind.Int32, ""), false), new("at", new(ValueKind.DateTimeOffset, ""), false)], ["id"], [], []);
        await fixture.RunAsync(ddl.CreateTable(table), ddl.CreateIndex("proven_at", table.Name, ["at"]));
        await using var session = await fixture.Database.OpenAsync(default);
        var column = (await fixture.Database.Dialect.Catalog.ReadAsync(session.Connection, [table.Name], default)).Single().Column("at")!;
        var operand = string.Format(CultureInfo.InvariantCulture, fixture.Database.Dialect.Operand(column.Type), "\"at\"");

        await using var plan = await session.ReadAsync(new($"EXPLAIN QUERY PLAN SELECT id FROM proven WHERE {operand} > ?1", [new(column.Type, Fourth)]), default);
        await plan.ReadAsync();

        plan.GetString(3).Should().Contain("USING INDEX proven_at");
    }

    private async Task<(string Table, ColumnType Column)> StoreAsync(string declared, string literal)
    {
        var table = $"odd_{Guid.NewGuid():N}";
        await fixture.RunAsync($"CREATE TABLE {table} (v {declared})", $"INSERT INTO {table} VALUES ({literal})");
        await using var session = await fixture.Database.OpenAsync(default);
        return (table, (await fixture.Database.Dialect.Catalog.ReadAsync(session.Connection, [new(null, table)], default)).Single().Columns[0].Type);
    }
}

/// <summary>PostgreSQL's types reach further than .NET's; what does not fit is a bad value, never a defect.</summary>
[Needs("PostgreSql")]
public sealed class PostgreSqlOddValueTests(PostgreSqlTestDatabase fixture) : IClassFixture<PostgreSqlTestDatabase>
{
    private Dialect Dialect => fixture.Database.Dialect;

    [DatabaseTheory]
    [InlineData("'happy'::mood", ValueKind.String, "happy")]
    [InlineData("ARRAY[1, 2]", ValueKind.Json, "[1, 2]")]
    [InlineData("'10.0.0.1'::inet", ValueKind.String, "10.0.0.1/32")]
    [InlineData("'ab'::char(4)", ValueKind.String, "ab  ")]
    [InlineData("'1 mon 2 days 03:00'::interval", ValueKind.Duration, "32.03:00:00")]
    [InlineData("'infinity'::timestamptz", ValueKind.DateTimeOffset, "12/31/9999 23:59:59 +00:00")]
    [InlineData("'-infinity'::timestamp", ValueKind.DateTimeOffset, "01/01/0001 00:00:00 +00:00")]
    [InlineData("'9999-12-31'::date", ValueKind.Date, "12/31/9999")]
    [InlineData("'2016-07-04 10:20'::timestamp", ValueKind.DateTimeOffset, "07/04/2016 10:20:00 +00:00")]
    [InlineData("12.34::money", ValueKind.Decimal, "12.34")]
    [InlineData("1.0 / 3", ValueKind.Decimal, "0.33333333333333333333")]
    [InlineData("7::smallint", ValueKind.Int64, "7")]
    [InlineData("7::integer", ValueKind.Decimal, "7")]
    [InlineData("7::bigint", ValueKind.Double, "7")]
    [InlineData("7.5::numeric", ValueKind.Double, "7.5")]
    [InlineData("7.5::real", ValueKind.Double, "7.5")]
    [InlineData("'2016-07-04'::date", ValueKind.DateTimeOffset, "07/04/2016 00:00:00 +00:00")]
    public async Task Values_of_every_type_are_read(string expression, ValueKind kind, string text)
    {
        await using var session = await OpenAsync(expression);
        await using var reader = await RowAsync(session);

        Convert.ToString(ValueSamples.Read(Dialect.Values, reader, 0, kind), CultureInfo.InvariantCulture).Should().Be(text);
    }

    [DatabaseTheory]
    [InlineData("'NaN'::numeric", ValueKind.Decimal)]
    [InlineData("'Infinity'::numeric", ValueKind.Decimal)]
    [InlineData("1e40::numeric", ValueKind.Decimal)]
    [InlineData("'4713-01-01 BC'::timestamptz", ValueKind.DateTimeOffset)]
    [InlineData("'24:00'::time", ValueKind.TimeOfDay)]
    [InlineData("'20000-01-01'::date", ValueKind.Date)]
    [InlineData("'infinity'::date", ValueKind.Date)]
    [InlineData("'170000 years'::interval", ValueKind.Duration)]
    public async Task What_does_not_fit_is_a_bad_value(string expression, ValueKind kind)
    {
        await using var session = await OpenAsync(expression);
        await using var reader = await RowAsync(session);

        var read = () => ValueSamples.Read(Dialect.Values, reader, 0, kind);

        Dialect.Classify(read.Should().Throw<Exception>().Which).Should().Be(Failure.BadValue);
    }

    [DatabaseFact]
    public async Task A_statement_that_was_prepared_goes_on_after_the_table_changed_under_it()
    {
        await fixture.RunAsync("DROP TABLE IF EXISTS changing; CREATE TABLE changing (v integer); INSERT INTO changing VALUES (7)");
        await using var session = await fixture.Database.OpenAsync(default);
        for (var i = 0; i < 5; i++)
            (await ReadAsync()).Should().Be("7");
        await fixture.RunAsync("ALTER TABLE changing ALTER v TYPE text");

        (await ReadAsync()).Should().Be("7");

        async Task<string?> ReadAsync()
        {
            await using var reader = await session.ReadAsync(new("SELECT v FROM changing", []), default);
            await reader.ReadAsync();
            return reader.GetValue(0).ToString();
        }
    }

    private async Task<Session> OpenAsync(string expression)
    {
        await fixture.RunAsync("DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'happy')", $"DROP TABLE IF EXISTS odd; CREATE TABLE odd AS SELECT {expression} AS v");
        return await fixture.Database.OpenAsync(default);
    }

    private async Task<DbDataReader> RowAsync(Session session)
    {
        var column = (await Dialect.Catalog.ReadAsync(session.Connection, [new(null, "odd")], default)).Single().Columns[0];
        var reader = await session.ReadAsync(new($"SELECT {string.Format(CultureInfo.InvariantCulture, Dialect.Selected(column.Type), "v")} FROM odd", []), default);
        (await reader.ReadAsync()).Should().BeTrue();
        return reader;
    }
}
