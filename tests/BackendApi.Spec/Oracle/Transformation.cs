using System.Globalization;
using Kind = BackendApi.Model.ValueKind;

namespace BackendApi.Spec.Oracle;

/// <summary>A step of <c>$apply</c>, as Data Aggregation 3 defines it.</summary>
internal abstract record Transformation
{
    public abstract string Text { get; }

    public abstract IEnumerable<Row> Of(IReadOnlyList<Row> rows);

    internal sealed record Identity : Transformation
    {
        public override string Text => "identity";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => rows;
    }

    internal sealed record Filter(Expression Condition) : Transformation
    {
        public override string Text => $"filter({Writer.Text(Condition)})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => rows.Where(row => Evaluator.IsTrue(Condition, row));
    }

    internal sealed record Found(Entity Entity, Search Search) : Transformation
    {
        public override string Text => $"search({Search.Text})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => rows.Where(row => Search.Finds(Entity, row));
    }

    internal sealed record Compute(IReadOnlyList<Expression.Named> Values) : Transformation
    {
        public override string Text => $"compute({string.Join(',', Values.Select(named => $"{Writer.Text(named.Value)} as {named.Name}"))})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => rows.Select(row => row.With(Values.Select(named => (named.Name, Evaluator.Value(named.Value, row)))));
    }

    internal sealed record Page(Entity Entity, IReadOnlyList<(Expression Value, bool IsDescending)> Order, int Skip, int Top) : Transformation
    {
        public override string Text => $"orderby({string.Join(',', Order.Select(term => Writer.Text(term.Value) + (term.IsDescending ? " desc" : "")))})/skip({Skip})/top({Top})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => Query.Sorted(Entity, rows, Order).Skip(Skip).Take(Top);
    }

    /// <summary>The first rows by a value until they are so many, or until their sum is so large; of equal ones the first by the key.</summary>
    /// <param name="By">count, sum or percent.</param>
    internal sealed record Ranked(Entity Entity, bool IsTop, string By, decimal Limit, Expression Value) : Transformation
    {
        public override string Text => $"{(IsTop ? "top" : "bottom")}{By}({Limit.ToString(CultureInfo.InvariantCulture)},{Writer.Text(Value)})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows)
        {
            var ranked = Query.Sorted(Entity, rows, [(Value, IsTop)]).ToList();
            if (By == "count")
                return ranked.Take((int)Limit);
            var values = ranked.Select(row => Evaluator.Value(Value, row) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0).ToList();
            if (By == "percent" && values.Sum() <= 0)
                return [];
            var limit = By == "percent" ? values.Sum() * Limit / 100 : Limit;
            return ranked.Where((_, i) => i == 0 || values.Take(i).Sum(value => IsTop ? Math.Max(value, 0) : value) < limit);
        }
    }

    /// <summary>Those of each group.</summary>
    internal sealed record RankedInGroups(IReadOnlyList<Expression.Path> Groups, Ranked Each) : Transformation
    {
        public override string Text => $"groupby(({string.Join(',', Groups.Select(Writer.Text))}),{Each.Text})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => Grouped(rows, Groups).SelectMany(group => Each.Of([.. group]));
    }

    /// <param name="Levels">How many of the groups each level has; just all of them without a rollup.</param>
    internal sealed record GroupBy(IReadOnlyList<Expression.Path> Groups, IReadOnlyList<Aggregate> Aggregates, IReadOnlyList<int> Levels) : Transformation
    {
        public override string Text
        {
            get
            {
                var aggregate = $"aggregate({string.Join(',', Aggregates.Select(one => one.Text))})";
                if (Groups.Count == 0)
                    return aggregate;
                var groups = string.Join(',', Groups.Select(Writer.Text));
                return $"groupby(({(Levels.Count == 1 ? groups : $"rollup({(Levels.Contains(0) ? "$all," : "")}{groups})")}){(Aggregates.Count > 0 ? "," + aggregate : "")})";
            }
        }

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => Levels.SelectMany(level =>
            level == 0 ? [Result(rows, 0)] : Grouped(rows, [.. Groups.Take(level)]).Select(group => Result([.. group], level)));

        /// <summary>The type of the result: members of paths have the path for a name.</summary>
        public Entity Result(Entity source) => new(
            source.Set, [.. Groups.Select(Writer.Text)],
            [.. Groups.Select((group, i) => new Property(Writer.Text(group), group.Kind, IsOptional: Levels.Any(level => level <= i))), .. Aggregates.Select(aggregate => new Property(aggregate.Alias, aggregate.Kind))]);

        private Row Result(IReadOnlyList<Row> rows, int level) => new(Groups.Select((group, i) => (Name: Writer.Text(group), Value: i < level ? Evaluator.Value(group, rows[0]) : null))
            .Concat(Aggregates.Select(aggregate => (Name: aggregate.Alias, Value: aggregate.Of(rows)))).ToDictionary(member => member.Name, member => member.Value));
    }

    /// <summary>A row for each entity that a navigation leads to; an outer one also where there is none.</summary>
    internal sealed record Join(Navigation Navigation, string Alias, Expression? Condition, bool IsOuter) : Transformation
    {
        public override string Text => $"{(IsOuter ? "outerjoin" : "join")}({Navigation.Name} as {Alias}{(Condition is null ? "" : $",filter({Writer.Text(Condition)})")})";

        public override IEnumerable<Row> Of(IReadOnlyList<Row> rows) => rows.SelectMany(row =>
        {
            var joined = row.Follow(Navigation.Name).Where(target => Condition is null || Evaluator.IsTrue(Condition, target)).Cast<Row?>().ToList();
            return (joined.Count == 0 && IsOuter ? [null] : joined).Select(target => row.With(Navigation.Target.Properties.Select(property => ($"{Alias}/{property.Name}", target?[property.Name]))));
        });

        /// <summary>The type of the result. Nothing leads on from it, and what derived types have is left out: the service leaves it out too.</summary>
        public Entity Result(Entity source) => new(source.Set, source.Key,
            [.. source.Properties.Where(property => property.Type is null), .. Navigation.Target.Properties.Where(property => property.Type is null).Select(property => property with { Name = $"{Alias}/{property.Name}" })]);
    }

    private static IEnumerable<IGrouping<string, Row>> Grouped(IEnumerable<Row> rows, IReadOnlyList<Expression.Path> groups) =>
        rows.GroupBy(row => string.Join('|', groups.Select(group => Json.Text(new("", group.Kind), Evaluator.Value(group, row)))));
}
