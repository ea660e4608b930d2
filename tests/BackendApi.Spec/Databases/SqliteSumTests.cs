using System.Globalization;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>SQLite's columns of decimals hold integers, doubles and text; their sum is that of the numbers that were written.</summary>
public sealed class SqliteSumTests(SqliteTestDatabase fixture) : IClassFixture<SqliteTestDatabase>
{
    [Theory]
    [InlineData("(0.1), (0.2)", "0.3")]
    [InlineData("(0.1), (NULL), ('0.2'), (1), (x'31'), ('one')", "1.3")]
    [InlineData("(-0.0), (0)", "0")]
    [InlineData("(99999999999.9999), (0.0001)", "100000000000")]
    [InlineData("(-99999999999.9999), (0.0001)", "-99999999999.9998")]
    [InlineData("(100000000000.5), (0.25)", "100000000000.75")]
    [InlineData("(0.00001), (0.00002)", "0.00003")]
    [InlineData("(0.30000000000000004)", "0.3")]
    [InlineData("(9223372036854775807), (9223372036854775807), (1.5)", "18446744073709551615.5")]
    [InlineData("(-9223372036854775808), (-1)", "-9223372036854775809")]
    [InlineData("('12345678901234567890.12345678'), (0.00000001)", "12345678901234567890.12345679")]
    [InlineData("(9e999), (-9e999), (1e29), (1)", "1")]
    [InlineData("(NULL)", null)]
    [InlineData("(9e999)", null)]
    public async Task A_sum_is_that_of_the_numbers_that_were_written(string values, string? sum) =>
        (await Value($"SELECT backend_sum(column1) FROM (VALUES {values})")).Should().Be(sum is null ? null : decimal.Parse(sum, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("99999999999.9999", 30_000, "2999999999999997")]
    [InlineData("-99999999999.9999", 30_000, "-2999999999999997")]
    [InlineData("99999999999", 30_000, "2999999999970000")]
    [InlineData("0.01", 30_000, "300")]
    public async Task Many_rows_lose_nothing(string value, int rows, string sum) =>
        (await Value($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT backend_sum({value}) FROM n")).Should().Be(decimal.Parse(sum, CultureInfo.InvariantCulture));

    [Fact]
    public async Task Random_amounts_add_up_as_decimals_do()
    {
        var random = new Random(1_017);
        var amounts = Enumerable.Range(0, 20_000).Select(_ => random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000) / (decimal)Math.Pow(10, random.Next(10))).ToList();

        var rows = string.Join(',', amounts.Select(amount => amount.ToString(CultureInfo.InvariantCulture)));

        (await Value($"SELECT backend_sum(CAST(value AS REAL)) FROM json_each('[{rows}]')")).Should().Be(amounts.Sum());
    }

    [Fact]
    public async Task Groups_have_a_total_each_even_when_two_statements_take_turns()
    {
        const string Groups = "SELECT column1, backend_sum(column2), backend_average(column2) FROM (VALUES ('a', 1), ('b', 0.5), ('a', 2.5), ('b', NULL), ('c', NULL)) GROUP BY column1";
        await using var session = await fixture.Database.OpenAsync(default);
        await using var one = await session.ReadAsync(new(Groups, []), default);
        await using var other = await session.ReadAsync(new(Groups + " ORDER BY 1", []), default);
        var lines = new List<string>();
        while (await one.ReadAsync() && await other.ReadAsync())
            lines.Add($"{one.GetString(0)} {one.GetValue(1)} {one.GetValue(2)}, {other.GetString(0)} {other.GetValue(1)} {other.GetValue(2)}");

        lines.Should().Equal("a 3.5 1.75, a 3.5 1.75", "b 0.5 0.5, b 0.5 0.5", "c  , c  ");
    }

    [Theory]
    [InlineData("(10), (0), (0)", "3.3333333333")]
    [InlineData("(0.1), (NULL)", "0.1")]
    [InlineData("(2), (0), (0)", "0.6666666667")]
    public async Task An_average_has_ten_digits(string values, string average) =>
        (await Value($"SELECT backend_average(column1) FROM (VALUES {values})")).Should().Be(decimal.Parse(average, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("('79228162514264337593543950335'), (1)")]
    [InlineData("(1), ('79228162514264337593543950335')")]
    [InlineData("('79228162514264337593543950335'), ('1'), (0.5)")]
    public async Task A_sum_of_more_than_28_digits_is_refused(string values)
    {
        var sum = () => Value($"SELECT backend_sum(column1) FROM (VALUES {values})");

        fixture.Database.Dialect.Classify((await sum.Should().ThrowAsync<SqliteException>().WithMessage("*28 digits*")).Which).Should().Be(Failure.BadValue);
    }

    private async Task<decimal?> Value(string text)
    {
        await using var session = await fixture.Database.OpenAsync(default);
        await using var rows = await session.ReadAsync(new(text, []), default);
        await rows.ReadAsync();
        return await rows.IsDBNullAsync(0) ? null : decimal.Parse(rows.GetString(0), CultureInfo.InvariantCulture);
    }
}
