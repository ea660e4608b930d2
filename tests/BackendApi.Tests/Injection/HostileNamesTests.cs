using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using BackendApi.Tests.Plan;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Injection;

/// <summary>Tables and columns can have any names. Whatever they are, a statement has the tokens that it has for harmless ones, and each name is one of them.</summary>
public sealed class HostileNamesTests
{
    private const int Rounds = 60;

    private static readonly string[] Requests =
    [
        "Customers?$filter=contains(Name,'a') and Balance gt 1 or Country in ('a','b')&$orderby=Name desc,Birthday&$search=lamp&$count=true&$skip=2&$top=3",
        "Customers(1)?$select=Name,Manager&$expand=Manager($select=Name),Orders($top=2;$filter=Total gt 1;$orderby=Total;$count=true;$expand=OrderLines)",
        "Orders?$filter=OrderLines/any(l:l/Quantity gt 1 and l/Product/Name eq 'x') and Customer/Manager/Name ne null&$orderby=Customer/Name",
        "Orders?$apply=filter(Total gt 1)/groupby((Customer/Country,Status),aggregate(Total with sum as S,$count as N))&$filter=S gt 2&$orderby=S desc",
        "Orders?$compute=Total mul 2 as Twice,Customer/Name as Who&$filter=Twice gt 3&$select=Twice,Who",
        "Products?$filter=Tags/any(t:startswith(t/Name,'a'))&$expand=Tags($count=true),Lines/$count&$orderby=Tags/$count",
        "Products(Sku='a')/Tags/$ref", "OrderLines(OrderId=1,LineNo=2)/Order/Customer", "OpenOrders/$count?$filter=Id lt 3",
        "$crossjoin(Customers,Tags)?$filter=Customers/Id eq Tags/Id", "Customers?$apply=topcount(2,Balance)/compute(Balance add 1 as More)",
        "Orders?$apply=join(OrderLines as Line,filter(Quantity gt 1))/groupby((Line/Product/Name),aggregate(Line/Quantity with sum as Q))",
    ];

    private static readonly ModelSnapshot Harmless = Shop.Build(ShopTables.Definitions, ShopTables.All.Select(item => item.Table));

    public static TheoryData<string> Dialects() => [.. Shop.Dialects.Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Every_name_is_one_token_of_a_read(string name)
    {
        var dialect = Shop.Dialects.Single(known => known.Name == name);
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var names = new Names(random);
            var hostile = names.Rename(Harmless);
            foreach (var request in Requests)
                names.ShouldBeAlike(Statements(hostile, request, dialect), Statements(Harmless, request, dialect), dialect);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Every_name_is_one_token_of_a_change_and_of_a_trigger(string name)
    {
        var dialect = Shop.Dialects.Single(known => known.Name == name);
        var random = new Random(2);
        for (var round = 0; round < 5 * Rounds; round++)
        {
            var names = new Names(random);
            foreach (var (table, _) in ShopTables.All)
                names.ShouldBeAlike(Written(names.Rename(table), dialect), Written(table, dialect), dialect);
        }
    }

    private static List<string> Statements(ModelSnapshot model, string request, Dialect dialect) =>
        [.. Shop.Statements(Shop.Plan(model, request.Replace(" ", "%20", StringComparison.Ordinal)), dialect).Select(statement => statement.Text)];

    private static List<string> Written(TableSchema table, Dialect dialect)
    {
        string[] columns = [.. table.Columns.Select(column => column.Name)];
        var key = table.PrimaryKey.Select(column => table.Column(column)!).ToList();
        var others = table.Columns.Where(column => !key.Contains(column)).ToList();
        object?[] row = new object?[table.Columns.Count], keys = new object?[key.Count];
        (string, object)[] where = [.. table.PrimaryKey.Select(column => (column, (object)1))];
        var changes = new List<Change>
        {
            new Change.Insert(table.Name, table.Columns, [row], key), new Change.Insert(table.Name, table.Columns, [row, row], table.Columns),
            new Change.Delete(table.Name, key, [keys]), new Change.Delete(table.Name, key, [keys, keys]),
        };
        if (others.Count > 0)
            changes.AddRange([new Change.Update(table.Name, key, others, [], [row, row]), new Change.Update(table.Name, key, others[1..], others[..1], [row[1..]]) { Raised = others[0], Returning = table.Columns }]);
        return
        [
            .. changes.Select(change => dialect.Write(change).Text), .. dialect.Insert(table, columns, [row, row]).Select(statement => statement.Text), dialect.Delete(table, where).Text,
            dialect.Select(table, columns, where).Text, dialect.Update(table, [.. columns.Select(column => (column, (object?)null))], where).Text, dialect.Ddl.CreateTable(table),
            .. dialect.Capture.CreateTriggers(table, key, "main"), .. dialect.Capture.DropTriggers(table),
        ];
    }

    /// <summary>A hostile name for each harmless one.</summary>
    private sealed class Names(Random random)
    {
        private readonly Dictionary<string, string> _hostile = [];
        private readonly Dictionary<string, string> _harmless = [];

        public ModelSnapshot Rename(ModelSnapshot model)
        {
            var definitions = model.Definitions.Select(definition => Rename(model.ByAlias[definition.Alias].Definition)).ToList();
            var built = ModelBuilder.Build(1, definitions, ShopTables.All.Select(item => Rename(item.Table)).ToDictionary(table => table.Name), new());
            built.Mistakes.Should().BeEmpty();
            return built.Snapshot!;
        }

        public TableSchema Rename(TableSchema table) => table with
        {
            Name = Rename(table.Name),
            Columns = [.. table.Columns.Select(column => column with { Name = Of(column.Name) })],
            PrimaryKey = [.. table.PrimaryKey.Select(Of)],
            UniqueKeys = [.. table.UniqueKeys.Select(key => new UniqueKey(Of(key.Name), [.. key.Columns.Select(Of)]))],
            ForeignKeys = [.. table.ForeignKeys.Select(key => new ForeignKey(Of(key.Name), [.. key.Columns.Select(Of)], Rename(key.Target), [.. key.TargetColumns.Select(Of)]))],
        };

        public void ShouldBeAlike(List<string> hostile, List<string> harmless, Dialect dialect)
        {
            hostile.Should().HaveSameCount(harmless);
            for (var i = 0; i < hostile.Count; i++)
            {
                var tokens = SqlTokens.Of(hostile[i], dialect);
                tokens.ConvertAll(Harmless).Should().Equal(SqlTokens.Of(harmless[i], dialect).ConvertAll(Plain), "it is {0}", hostile[i]);
            }
        }

        private EndpointDefinition Rename(EndpointDefinition definition) => definition with
        {
            Table = Written(Rename(TableName.Parse(definition.Table))),
            Key = [.. definition.Key!.Select(Of)],
            AlternateKeys = definition.AlternateKeys is { Count: > 0 } keys ? [.. keys.Select(key => key.Select(Of).ToList())] : null,
            Fields = [.. definition.Fields!.Select(field => field with { Column = Of(field.Column) })],
            Relations = [.. definition.Relations!.Select(relation => relation with { On = Rename(relation.On), Through = relation.Through is { } through ? new(Written(Rename(TableName.Parse(through.Table))), Rename(through.On)!, Rename(through.To)!) : null })],
        };

        private List<ColumnPair>? Rename(IReadOnlyList<ColumnPair>? pairs) => pairs is { Count: > 0 } ? [.. pairs.Select(pair => new ColumnPair(Of(pair.Column), Of(pair.TargetColumn)))] : null;

        private TableName Rename(TableName name) => new(name.Schema is null ? null : Of(name.Schema), Of(name.Name));

        /// <summary>Brackets keep dots and brackets of the name.</summary>
        private static string Written(TableName name) => name.Schema is null ? $"[{name.Name}]" : $"[{name.Schema}].[{name.Name}]";

        private string Of(string name)
        {
            if (_hostile.TryGetValue(name, out var known))
                return known;
            // Which alias of a self join is which does not matter; two names alike would.
            var made = Hostile.Next(random) + _hostile.Count;
            _harmless.Add(made, name);
            return _hostile[name] = made;
        }

        private SqlToken Harmless(SqlToken token)
        {
            if (token.Kind is SqlTokenKind.Name && _harmless.TryGetValue(token.Value, out var name))
                return new(SqlTokenKind.Name, name);
            return Plain(token);
        }

        /// <summary>Names of triggers and texts that say which table and key a row is of are made of the names.</summary>
        private SqlToken Plain(SqlToken token) => token.Kind switch
        {
            SqlTokenKind.Name when token.Value.StartsWith("backend_change", StringComparison.Ordinal) => new(token.Kind, "backend_change"),
            SqlTokenKind.Text when token.Value != "''" => new(token.Kind, "text"),
            _ => token,
        };
    }
}
