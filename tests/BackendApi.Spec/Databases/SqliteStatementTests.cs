using System.Globalization;
using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>What SQLite is given and gives back without its driver in between.</summary>
public sealed class SqliteStatementTests(SqliteTestDatabase fixture) : IClassFixture<SqliteTestDatabase>
{
    private static readonly ColumnType Decimal = new(ValueKind.Decimal, ""), Text = new(ValueKind.String, ""), Binary = new(ValueKind.Binary, "");

    /// <summary>The digits of a decimal and the power of ten are two numbers, and the quotient of two doubles is not always the nearest to that of what they stand for.</summary>
    [Fact]
    public async Task A_decimal_is_the_double_that_is_nearest_to_it()
    {
        var random = new Random(20261121);
        var numbers = Enumerable.Range(0, 2000)
            .Select(i => new decimal(random.Next(), i % 3 == 0 ? 0 : random.Next(1 << (i % 31)), i % 5 == 0 ? random.Next() : 0, i % 2 == 0, (byte)(i % 29)))
            .Append(9_007_199_254_740_993.5m).Append(0.0m).Append(-0.0m).Append(new decimal(0, 0x200000, 0, false, 22));
        await using var session = await fixture.Database.OpenAsync(default);
        foreach (var number in numbers.Where(number => number != decimal.Truncate(number) || Math.Abs(number) <= 1L << 53))
        {
            await using var row = await session.ReadAsync(new("SELECT ?1", [new(Decimal, number)]), default);
            await row.ReadAsync();
            BitConverter.DoubleToInt64Bits(row.GetDouble(0)).Should()
                .Be(BitConverter.DoubleToInt64Bits(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)), "{0} is", number);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("日本 😀")]
    public async Task A_text_is_what_it_was_with_all_its_characters(string text)
    {
        await using var session = await fixture.Database.OpenAsync(default);
        await using var row = await session.ReadAsync(new("SELECT ?1, ?1 IS NULL, ?2, ?2 IS NULL", [new(Text, text), new(Binary, System.Text.Encoding.UTF8.GetBytes(text))]), default);
        await row.ReadAsync();

        row.GetString(0).Should().Be(text);
        row.GetInt64(1).Should().Be(0);
        ((byte[])row.GetValue(2)).Should().Equal(System.Text.Encoding.UTF8.GetBytes(text));
        row.GetInt64(3).Should().Be(0);
    }

    [Fact]
    public async Task A_text_of_many_characters_is_not_too_long()
    {
        var text = new string('ß', 100_000);
        await using var session = await fixture.Database.OpenAsync(default);
        await using var row = await session.ReadAsync(new("SELECT ?1", [new(Text, text)]), default);
        await row.ReadAsync();

        row.GetString(0).Should().Be(text);
    }

    [Fact]
    public async Task Of_a_script_each_statement_finds_what_those_before_it_have_made()
    {
        await using var session = await fixture.Database.OpenAsync(default);

        (await session.ExecuteAsync(new("CREATE TABLE script (a INTEGER);\nINSERT INTO script VALUES (1), (2); UPDATE script SET a = a + 1 ; ", []), default)).Should().BeGreaterThanOrEqualTo(4);

        await using var row = await session.ReadAsync(new("SELECT SUM(a) FROM script", []), default);
        await row.ReadAsync();
        row.GetInt64(0).Should().Be(5);
    }

    [Fact]
    public async Task A_statement_that_was_left_in_the_middle_of_its_rows_begins_again()
    {
        var statement = new Statement("SELECT value FROM json_each(?1)", [new(Text, "[1,2]")]);
        await using var session = await fixture.Database.OpenAsync(default);
        var left = await session.ReadAsync(statement, default);
        await left.ReadAsync();

        await using var row = await session.ReadAsync(statement, default);
        var values = new List<long>();
        while (await row.ReadAsync())
            values.Add(row.GetInt64(0));

        values.Should().Equal(1, 2);
    }

    [Fact]
    public async Task What_is_no_statement_fails_with_SQLites_own_words()
    {
        await using var session = await fixture.Database.OpenAsync(default);

        var reading = async () => await session.ReadAsync(new("SELECT FROM", []), default);

        (await reading.Should().ThrowAsync<SqliteException>()).Which.Message.Should().Contain("syntax error");
    }
}
