using BackendApi.Host.Demo;
using BackendApi.Model;
using BackendApi.Model.Store;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Demo;

public class DemoRowsTests
{
    private static readonly Dictionary<string, TableChange.Insert> Inserts = Make();

    public static TheoryData<string> Tables => [.. DemoTables.All.Select(table => table.Name.Name)];

    [Fact]
    public void There_are_some_50_000_rows_in_every_table_of_the_shop()
    {
        Inserts.Keys.Should().Equal(DemoTables.All.Select(table => table.Name.Name));
        Inserts.Values.Sum(insert => insert.Rows.Count()).Should().BeInRange(48_000, 55_000);
    }

    [Fact]
    public void The_rows_are_the_same_every_time()
    {
        var again = Make();
        foreach (var (table, insert) in Inserts)
            again[table].Rows.SelectMany(row => row).Should().Equal(insert.Rows.SelectMany(row => row), table);
    }

    [Theory, MemberData(nameof(Tables))]
    public void Every_row_satisfies_its_table(string name)
    {
        var (table, columns, rows) = (Inserts[name].Table, Inserts[name].Columns, Inserts[name].Rows.ToList());

        columns.Should().Equal(table.Columns.Where(column => !column.IsIdentity).Select(column => column.Name));
        for (var i = 0; i < columns.Count; i++)
        {
            var column = table.Column(columns[i])!;
            foreach (var value in rows.Select(row => row[i]))
                Mistake(column, value).Should().BeNull($"{name}.{column.Name} holds {value}");
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void Unique_keys_are_unique(string name)
    {
        var (table, columns, rows) = (Inserts[name].Table, Inserts[name].Columns, Inserts[name].Rows.ToList());
        var keys = table.UniqueKeys.Select(key => key.Columns);
        if (table.PrimaryKey is not ["id"])
            keys = keys.Append(table.PrimaryKey);
        foreach (var key in keys)
        {
            var ordinals = key.Select(column => columns.ToList().IndexOf(column)).ToArray();
            rows.Select(row => string.Join('|', ordinals.Select(ordinal => row[ordinal]))).Should().OnlyHaveUniqueItems(string.Join(',', key));
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public void Foreign_keys_lead_to_rows(string name)
    {
        var (table, columns, rows) = (Inserts[name].Table, Inserts[name].Columns, Inserts[name].Rows.ToList());
        foreach (var key in table.ForeignKeys)
        {
            var ordinal = columns.ToList().IndexOf(key.Columns[0]);
            var targets = Inserts[key.Target.Name].Rows.Count();
            rows.Select(row => row[ordinal]).OfType<int>().Should().OnlyContain(id => id >= 1 && id <= targets, key.Name);
        }
    }

    [Fact]
    public void A_category_comes_after_its_parent() =>
        Inserts["category"].Rows.Select((row, index) => ((int?)row[0] ?? 0) <= index).Should().NotContain(false);

    [Fact]
    public void An_order_s_total_is_the_sum_of_its_items()
    {
        var sums = Inserts["order_item"].Rows.GroupBy(row => (int)row[0]!)
            .ToDictionary(items => items.Key, items => items.Sum(row => (int)row[3]! * (decimal)row[4]! - ((decimal?)row[5] ?? 0)));
        var total = Inserts["sales_order"].Columns.ToList().IndexOf("total");
        Inserts["sales_order"].Rows.Select((row, index) => (decimal)row[total]! == sums[index + 1]).Should().NotContain(false);
    }

    private static Dictionary<string, TableChange.Insert> Make() =>
        new DemoRows().Inserts().Cast<TableChange.Insert>().ToDictionary(insert => insert.Table.Name.Name);

    private static string? Mistake(ColumnSchema column, object? value) => (column.Type.Kind, value) switch
    {
        (_, null) => column.IsNullable ? null : "is null",
        (ValueKind.Boolean, bool) or (ValueKind.Int32, int) or (ValueKind.Date, DateOnly) or (ValueKind.DateTimeOffset, DateTimeOffset) or (ValueKind.Guid, Guid) => null,
        (ValueKind.Enum, string text) => column.Members!.Contains(text) ? null : "is no member",
        (ValueKind.String, string text) => text.Length <= (column.Type.MaxLength ?? int.MaxValue) && text.Length > 0 ? null : "has the wrong length",
        (ValueKind.Decimal, decimal number) =>
            decimal.Round(number, column.Type.Scale!.Value) == number && Math.Abs(number) < (decimal)Math.Pow(10, column.Type.Precision!.Value - column.Type.Scale.Value)
                ? null : "does not fit",
        _ => "has the wrong type",
    };
}
