using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>A member of rows that are no entities any more.</summary>
/// <param name="Path">Such as <c>Total</c>, or <c>Customer/Country</c> in a nested object.</param>
internal sealed record Member(string Path, PropertyModel Property, Term Value)
{
    /// <summary>Where rows of a concatenation do not all have the member: it is there when every one of these says so.</summary>
    public IReadOnlyList<Presence> Presence { get; init; } = [];

    /// <summary>For a member of what an outer join has joined: null where nothing has been.</summary>
    public Term.Column? Owner { get; init; }
}

/// <param name="Part">Which part of a concatenation a row comes from; null where it comes from another one.</param>
/// <param name="Parts">The parts that have it.</param>
internal sealed record Presence(Term.Column Part, bool[] Parts);

/// <summary>The rows between two transformations of <c>$apply</c>: one FROM clause, a condition, and an order if there is one.</summary>
/// <param name="Key">What tells the rows apart: no two have the same values.</param>
internal sealed record Rowset(Scope Scope, Condition? Where, IReadOnlyList<Term> Key)
{
    /// <summary>What the rows are split into while the transformations of <c>groupby</c> are applied to each part; null where they are one whole.</summary>
    public Groups? Groups { get; init; }

    /// <summary>From <c>orderby</c>; the key breaks ties.</summary>
    public IReadOnlyList<OrderTerm> Order { get; init; } = [];

    public bool AreEntities => Scope.AreEntities;

    /// <summary>What the rows consist of, entities too.</summary>
    public IReadOnlyList<Member> Members => MembersOf(Scope);

    public static IReadOnlyList<Member> MembersOf(Scope scope) =>
    [
        .. scope.Members ?? [.. scope.Root.Set.Members.Columns.Select(property => new Member(property.Path, property, scope.Root.Column(property)))],
        .. scope.Joined.SelectMany(joined => joined.Entity.Set.Members.Columns.Select(property => new Member($"{joined.Alias}/{property.Path}", property, joined.Entity.Column(property)))),
        .. scope.Added,
    ];

    public static Rowset Of(Scope scope, Condition? where) => new(scope, where, [.. scope.Root.Set.Key.Select(part => scope.Root.Column(part))]);

    public Rowset Copy() => this with { Scope = Scope.Copy() };

    /// <summary>Those of the rows that satisfy the condition.</summary>
    public Rowset Filtered(Condition condition) => this with { Where = Condition.Both(Where, condition), Groups = Groups?.Narrowed() };

    public IReadOnlyList<OrderTerm> TotalOrder() => TotalOrder(Order);

    public IReadOnlyList<OrderTerm> TotalOrder(IReadOnlyList<OrderTerm> first)
    {
        List<OrderTerm> order = [.. first, .. Key.Where(part => !first.Any(term => SelectList.Same(term.Value, part))).Select(part => new OrderTerm(part, IsDescending: false, 0))];
        // A group of one row needs no order, but the functions that number rows do.
        return order.Count > 0 || Groups is null ? order : [new OrderTerm(Groups.Values[0], IsDescending: false, 0)];
    }

    /// <summary>The same rows, or a page of them, out of a nested statement: every name is a column of it.</summary>
    public Rowset Nested(IReadOnlyList<OrderTerm>? order = null, long skip = 0, long? take = null) => Nested([], out _, order, skip, take);

    /// <param name="more">Values of the nested rows that the outside needs too.</param>
    /// <param name="extra">The same, as the outside names them.</param>
    /// <param name="isOptional">The outside has rows without these.</param>
    public Rowset Nested(
        IReadOnlyList<Term> more, out IReadOnlyList<Term.Column> extra, IReadOnlyList<OrderTerm>? order = null, long skip = 0, long? take = null, bool isOptional = false)
    {
        var columns = new NestedColumns(Scope.Members is null ? Scope.Root : null);
        foreach (var term in Names().Concat(Key).Concat(Order.Select(term => term.Value)).Concat(Groups?.Values ?? []).Concat(more))
            columns.Add(term);
        var select = new Select
        {
            Columns = columns.Terms,
            From = Scope.Root.Source,
            Joins = Scope.Joins,
            Where = Where,
            OrderBy = order ?? [],
            Skip = skip,
            Take = take,
        };
        var source = Scope.Numbers.Next(new SourceRows.Query([select], columns.Columns), isOptional);
        extra = [.. more.Select(term => columns.Of(source, term))];
        return Over(source, term => columns.Of(source, term));
    }

    /// <summary>What the outside can name.</summary>
    private IEnumerable<Term> Names() => (Scope.Members ?? []).Concat(Scope.Added)
        .SelectMany(member => member.Presence.Select(presence => presence.Part).Prepend(member.Value).Concat(member.Owner is { } owner ? [owner] : []))
        .Concat(Scope.Joined.SelectMany(joined => joined.Key))
        .Concat(Scope.Computed.Values);

    private Rowset Over(Source source, Func<Term, Term.Column> column)
    {
        var scope = Scope.Over(
            source, Scope.Members is null ? null : Outside(Scope.Members), Scope.Computed.ToDictionary(item => item.Key, item => (Term)column(item.Value), StringComparer.Ordinal), Outside(Scope.Added));
        foreach (var joined in Scope.Joined)
            scope.Rejoin(joined, [.. joined.Key.Select(column)]);
        return new(scope, Where: null, [.. Key.Select(column)])
        {
            Order = [.. Order.Select(term => term with { Value = column(term.Value) })],
            Groups = Groups is null ? null : Groups with { Values = [.. Groups.Values.Select(column)] },
        };

        IReadOnlyList<Member> Outside(IReadOnlyList<Member> members) =>
        [
            .. members.Select(member => member with
            {
                Value = column(member.Value),
                Presence = [.. member.Presence.Select(presence => presence with { Part = column(presence.Part) })],
                Owner = member.Owner is null ? null : column(member.Owner),
            }),
        ];
    }
}
