using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>Every operator and function that is translated by a template gives the same answer on every database.</summary>
public abstract class FunctionCases<TDatabase>(TDatabase fixture) : IClassFixture<TDatabase>
    where TDatabase : TestDatabase
{
    private Dialect Dialect => fixture.Database.Dialect;

    [DatabaseTheory]
    [MemberData(nameof(FunctionSamples.Calls), MemberType = typeof(FunctionSamples))]
    public async Task A_call_over_columns_gives_the_answer_that_OData_defines(int index, string call)
    {
        var sample = FunctionSamples.All[index];
        var row = await StoreAsync(sample.Arguments);
        var columns = row.Table.Columns.Skip(1).Select(column => new Term.Column(row.Source, column, column.Type.Kind, true));

        var answer = await AnswerAsync(sample, row.Source, [.. columns]);

        Check(answer, sample, call);
    }

    [DatabaseTheory]
    [MemberData(nameof(FunctionSamples.Calls), MemberType = typeof(FunctionSamples))]
    public async Task A_call_over_literals_gives_the_same_answer(int index, string call)
    {
        var sample = FunctionSamples.All[index];
        var row = await StoreAsync([]);
        var constants = sample.Arguments.Select(argument => new Term.Constant(new ColumnType(FunctionSamples.KindOf(argument), ""), argument));

        var answer = await AnswerAsync(sample, row.Source, [.. constants]);

        Check(answer, sample, call);
    }

    [DatabaseTheory]
    [MemberData(nameof(FunctionSamples.Calls), MemberType = typeof(FunctionSamples))]
    public async Task A_call_over_null_is_null(int index, string call)
    {
        var sample = FunctionSamples.All[index];
        if (sample.Arguments.Length == 0)
            return;
        var row = await StoreAsync(sample.Arguments, areNull: true);
        var columns = row.Table.Columns.Skip(1).Select(column => new Term.Column(row.Source, column, column.Type.Kind, true));

        var answer = await AnswerAsync(sample, row.Source, [.. columns]);

        answer.Should().BeNull(call);
    }

    private static void Check(object? answer, FunctionSample sample, string call)
    {
        if (sample.Expected is null)
            answer.Should().NotBeNull(call);
        else
            answer.Should().Be(sample.Expected, call);
    }

    private async Task<object?> AnswerAsync(FunctionSample sample, Source source, IReadOnlyList<Term> arguments)
    {
        var function = Functions.Find(sample.Function)!;
        var kind = sample.Expected is { } expected ? FunctionSamples.KindOf(expected) : ValueKind.DateTimeOffset;
        var statement = SqlWriter.Write(new Select { Columns = [new Term.Call(function, arguments, kind, true)], From = source }, Dialect);
        await using var session = await fixture.Database.OpenAsync(default);
        await using var reader = await session.ReadAsync(statement, default);
        (await reader.ReadAsync()).Should().BeTrue();
        return reader.IsDBNull(0) ? null : ValueSamples.Read(Dialect.Values, reader, 0, kind);
    }

    private async Task<(TableSchema Table, Source Source)> StoreAsync(object[] values, bool areNull = false)
    {
        var name = new TableName(null, $"call_{Guid.NewGuid():N}");
        var columns = values.Select((value, i) => new ColumnSchema($"a{i}", Type(value), true));
        var table = new TableSchema(name, [new("id", new(ValueKind.Int32, ""), false), .. columns], ["id"], [], []);
        await fixture.RunAsync(Dialect.Ddl.CreateTable(table));
        await using var session = await fixture.Database.OpenAsync(default);
        table = (await Dialect.Catalog.ReadAsync(session.Connection, [name], default)).Single();
        object?[] row = [1, .. areNull ? new object?[values.Length] : values];
        foreach (var insert in Dialect.Insert(table, [.. table.Columns.Select(column => column.Name)], [row]))
            await session.ExecuteAsync(insert, default);
        return (table, new Source(name, 0));

        static ColumnType Type(object value) => FunctionSamples.KindOf(value) switch
        {
            ValueKind.Decimal => new(ValueKind.Decimal, "", null, 18, 4),
            var kind => new(kind, ""),
        };
    }
}

public sealed class SqliteFunctions(SqliteTestDatabase database) : FunctionCases<SqliteTestDatabase>(database);

[Needs("PostgreSql")]
public sealed class PostgreSqlFunctions(PostgreSqlTestDatabase database) : FunctionCases<PostgreSqlTestDatabase>(database);

[Needs("SqlServer")]
public sealed class SqlServerFunctions(SqlServerTestDatabase database) : FunctionCases<SqlServerTestDatabase>(database);

public sealed class FunctionSampleTests
{
    /// <summary>The planner translates these by itself: they have no template.</summary>
    private static readonly string[] Planned = ["eq", "ne", "gt", "ge", "lt", "le", "and", "or", "not", "has", "in", "cast", "isof", "case", "any", "all", "hassubset", "hassubsequence"];

    [Fact]
    public void Every_signature_of_every_supported_function_has_a_sample()
    {
        var missing =
            from row in Functions.Rows
            where row.IsSupported && !Planned.Contains(row.Name)
            from signature in row.Signatures
            where !FunctionSamples.All.Any(sample => sample.Function == row.Name
                && Functions.Match(row, [.. sample.Arguments.Select(argument => (ValueKind?)FunctionSamples.KindOf(argument))]) == signature)
            select $"{row.Name}({string.Join(',', signature.Operands)})";

        missing.Should().BeEmpty();
    }
}
