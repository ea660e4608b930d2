using System.Globalization;
using BackendApi.Model;
using BackendApi.Sql;

namespace BackendApi.Plan;

/// <summary>
/// Rows one after the other (Data Aggregation 3.2.2). Each part tells its number in a column of its own, by which the rows stay in the order of the
/// parts and by which a response knows the members that a row does not have.
/// </summary>
internal static class Concatenation
{
    /// <summary>Columns that no name leads to begin with a character that no name has.</summary>
    private const string Hidden = "#";

    public static Rowset Of(IReadOnlyList<Rowset> parts)
    {
        if (parts is [var only])
            return only;
        var areEntities = parts.All(part => part.AreEntities && part.Scope.Computed.Keys.ToHashSet().SetEquals(parts[0].Scope.Computed.Keys));
        var numbers = parts[0].Scope.Numbers;

        var inputs = parts.Select(part => Input(part, areEntities)).ToList();
        var paths = inputs.SelectMany(input => input.Keys).Distinct().ToList();
        var columns = new List<ColumnSchema>();
        var groups = parts[0].Groups;
        var numbered = 0;
        var models = new List<Term>();
        foreach (var path in paths)
        {
            var terms = inputs.Select(input => input.GetValueOrDefault(path)).ToList();
            var model = terms.First(term => term is not null)!;
            var type = NestedColumns.TypeOf(model);
            // An exact sum keeps its digits: any decimal can stand beside it.
            if (model.Kind == ValueKind.Decimal && terms.Exists(term => term is not null && NestedColumns.TypeOf(term).Native == ColumnType.Exact))
                type = new(ValueKind.Decimal, ColumnType.Exact, Scale: terms.OfType<Term>().Select(term => NestedColumns.TypeOf(term).Scale).Distinct().ToList() is [var scale] ? scale : null);
            // Different forms of the same kind meet in the one in which values are compared, which is the one of a null that stands for a missing value too.
            else if (terms.Exists(term => term is null ? type.Native != ColumnType.Exact : NestedColumns.TypeOf(term) != type))
                type = type with { IsOperand = true };
            var name = areEntities && model is Term.Column column && !path.StartsWith(Hidden, StringComparison.Ordinal)
                ? column.Definition.Name
                // Groups do not count: a next link leads from an expansion, where the owners make groups, to the collection by itself.
                : path.StartsWith(GroupPrefix, StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"g{columns.Count}")
                : string.Create(CultureInfo.InvariantCulture, $"c{numbered++}");
            models.Add(model);
            columns.Add(new(name, type, terms.Exists(term => term is null || term.IsNullable)));
        }
        var number = Constants.TypeOf(ValueKind.Int32);
        columns.Add(new("part", number with { IsOperand = true }, IsNullable: false));

        Select[] selects = [.. parts.Select((part, i) => new Select
        {
            Columns = [.. paths.Select((path, j) => inputs[i].GetValueOrDefault(path) ?? new Term.Constant(columns[j].Type, null)), new Term.Constant(number, i)],
            From = part.Scope.Root.Source,
            Joins = part.Scope.Joins,
            Where = part.Where,
        })];
        var source = numbers.Next(new SourceRows.Query(selects, columns));
        var partColumn = new Term.Column(source, columns[^1], ValueKind.Int32, IsNullable: false);
        Term.Column Column(string path)
        {
            var index = paths.IndexOf(path);
            return new(source, columns[index], models[index].Kind, columns[index].IsNullable, (models[index] as Term.Column)?.Property);
        }

        var key = parts.SelectMany((part, i) => part.Key.Select(term => PathOf(inputs[i], term))).Distinct().Select(path => (Term)Column(path));
        return new(
            parts[0].Scope.Over(
                source,
                areEntities ? null : Members(parts, inputs, partColumn, Column),
                areEntities ? parts[0].Scope.Computed.Keys.ToDictionary(name => name, name => (Term)Column(name), StringComparer.Ordinal) : Computing.Nothing),
            Where: null,
            [partColumn, .. paths.Where(path => path == Order).Select(Column), .. key])
        {
            Groups = groups is null ? null : groups with
            {
                Values = [.. groups.Values.Select((_, i) => Column(Group(i)))],
                CanBeEmpty = parts.All(part => part.Groups!.CanBeEmpty),
            },
        };
    }

    private const string Order = Hidden + "order";

    private const string GroupPrefix = Hidden + "group ";

    private static string Group(int number) => GroupPrefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a part has, by its path.</summary>
    /// <param name="areEntities">The whole is entities: what leads on from them goes along, under a name that no property has.</param>
    private static Dictionary<string, Term> Input(Rowset part, bool areEntities)
    {
        var terms = new Dictionary<string, Term>(StringComparer.Ordinal);
        foreach (var (path, _, value) in MembersOf(part))
            terms.Add(path, value);
        if (areEntities)
            foreach (var column in NestedColumns.Of(part.Scope.Root))
                if (!terms.Values.Any(known => SelectList.Same(known, column)))
                    terms.Add("~" + column.Definition.Name, column);
        for (var i = 0; i < part.Groups?.Values.Count; i++)
            terms.Add(Group(i), part.Groups.Values[i]);
        foreach (var member in MembersOf(part))
            foreach (var term in member.Presence.Select(presence => presence.Part).Concat(member.Owner is { } owner ? [owner] : []))
                Hide(term);
        foreach (var term in part.Key)
            Hide(term);
        if (part.Order.Count > 0)
            terms.Add(Order, new Term.RowNumber(part.TotalOrder(), []));
        return terms;

        void Hide(Term term)
        {
            if (!terms.Values.Any(known => SelectList.Same(known, term)))
                terms.Add(string.Create(CultureInfo.InvariantCulture, $"{Hidden}{terms.Count} {term.Kind}"), term);
        }
    }

    private static IEnumerable<Member> MembersOf(Rowset part) =>
        part.Members.Concat(part.Scope.Computed.Select(item => new Member(item.Key, Computing.Property(part.Scope.Root.Set, item.Key, item.Value), item.Value)));

    private static string PathOf(Dictionary<string, Term> input, Term term) => input.First(item => SelectList.Same(item.Value, term)).Key;

    private static List<Member> Members(IReadOnlyList<Rowset> parts, List<Dictionary<string, Term>> inputs, Term.Column part, Func<string, Term.Column> column)
    {
        var members = new List<Member>();
        foreach (var known in parts.SelectMany(MembersOf).DistinctBy(member => member.Path))
        {
            var has = inputs.Select(input => input.ContainsKey(known.Path)).ToArray();
            var inner = parts.SelectMany((rows, i) => MembersOf(rows).Where(member => member.Path == known.Path)
                .SelectMany(member => member.Presence.Select(presence => presence with { Part = column(PathOf(inputs[i], presence.Part)) })));
            members.Add(known with
            {
                Value = column(known.Path),
                Presence = [.. has.All(yes => yes) ? [] : new[] { new Presence(part, has) }, .. inner],
                Owner = has.All(yes => yes) ? Owner(known.Path) : null,
            });
        }
        return members;

        // Where all parts say it by the same column.
        Term.Column? Owner(string path)
        {
            var owners = parts.Select((rows, i) => MembersOf(rows).First(member => member.Path == path).Owner is { } owner ? PathOf(inputs[i], owner) : null).Distinct().ToList();
            return owners is [{ } only] ? column(only) : null;
        }
    }
}
