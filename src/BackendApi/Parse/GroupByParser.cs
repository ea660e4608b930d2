using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary><c>groupby((Status,Customer/Country),...)</c> with <c>rollup</c> (Data Aggregation 3.2.3).</summary>
internal static class GroupByParser
{
    public static (Transformation, ApplyScope) Parse(ref Cursor at, ApplyScope rows)
    {
        at.Take('(');
        IReadOnlyList<IReadOnlyList<GroupingPath>> sets = [[]];
        do
        {
            at.SkipBlanks();
            var levels = Levels(ref at, rows.Scope);
            sets = [.. sets.SelectMany(set => levels.Select(level => Distinct([.. set, .. level])))];
            ParseState.CheckCount(sets.Count, rows.Scope.State.Limits.Depth, at, "groupings");
            ParseState.CheckCount(sets[0].Count, rows.Scope.State.Limits.Depth, at, "grouping properties");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');
        at.SkipBlanks();

        IReadOnlyList<Transformation> then = [];
        IEnumerable<(string Path, IEdmTypeReference? Type)> members = sets.SelectMany(set => set).DistinctBy(path => path.Path).Select(path => (path.Path, path.Value.Type));
        if (at.TryTake(','))
        {
            at.SkipBlanks();
            (then, var result) = ApplyParser.Sequence(ref at, rows);
            // Entities stay what they are.
            if (result.Type is IEdmEntityType)
                return (new Transformation.GroupBy(default, sets, then), ApplyScope.Union(at, [.. sets.Select(_ => result)]));
            members = members.Concat(result.Members());
        }
        return (new Transformation.GroupBy(default, sets, then), rows.Of(members.DistinctBy(member => member.Path)));
    }

    /// <summary>Without those that are named twice, and without properties of an entity that is named too.</summary>
    public static IReadOnlyList<GroupingPath> Distinct(IReadOnlyList<GroupingPath> paths) =>
    [
        .. paths.DistinctBy(path => path.Path)
            .Where(path => !paths.Any(other => other.IsEntity && path.Path.StartsWith(other.Path + "/", StringComparison.Ordinal))),
    ];

    /// <summary>A path by itself, or the levels of a rollup, finest first.</summary>
    private static List<IReadOnlyList<GroupingPath>> Levels(ref Cursor at, Scope scope)
    {
        if (at.TryTake("rolluprecursive("))
            throw at.Error(Errors.NotImplemented, "rolluprecursive is not supported, the service defines no recursive hierarchy", at.Position);
        if (!at.TryTake("rollup("))
            return [[Path(ref at, scope)]];

        at.SkipBlanks();
        // Before the extension was revised, $all asked for the total of all rows too.
        var withTotal = at.TryTakeWord("$all");
        var path = new List<GroupingPath>();
        at.SkipBlanks();
        if (!withTotal)
            path.Add(Path(ref at, scope));
        at.SkipBlanks();
        while (at.TryTake(','))
        {
            at.SkipBlanks();
            path.Add(Path(ref at, scope));
            at.SkipBlanks();
            ParseState.CheckCount(path.Count, scope.State.Limits.Depth, at, "levels of a rollup");
        }
        at.Take(')');
        if (path.Count < (withTotal ? 1 : 2))
            throw at.Error(Errors.NotImplemented, "rollup takes two paths or more: the service defines no hierarchy that one name could stand for", at.Position);
        var levels = new List<IReadOnlyList<GroupingPath>>();
        for (var count = path.Count; count >= (withTotal ? 0 : 1); count--)
            levels.Add(path[..count]);
        return levels;
    }

    public static GroupingPath Path(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        var value = MemberParser.Continue(ref at, scope, MemberParser.First(ref at, scope));
        if (Name(value) is not { } name)
            throw at.Error(Errors.MalformedUrl, "groupby takes the names of properties", start);
        if (value is Expression.Navigation)
            return PrimitiveTypes.ItemOf(value.Type) is null ? new(value, name)
                : throw at.Error(Errors.TypeMismatch, $"groupby takes single-valued paths; {name} is a collection: join it first,", start);
        if (value.Type.Kind() is not { } kind || kind is ValueKind.Json or ValueKind.Binary)
            throw at.Error(Errors.NotImplemented, $"Grouping by {PrimitiveTypes.NameOf(value.Type)} is not supported", start);
        return new(value, name);
    }

    /// <summary>The path as the result nests it; null when it is no path.</summary>
    private static string? Name(Expression value) => value switch
    {
        Expression.Property { Source: Expression.Variable { Name: Expression.Variable.Implicit } } property => property.Definition.Name,
        Expression.Property property => Name(property.Source) is { } source ? $"{source}/{property.Definition.Name}" : null,
        Expression.Navigation { Source: Expression.Variable { Name: Expression.Variable.Implicit } } navigation => navigation.Definition.Name,
        Expression.Navigation navigation => Name(navigation.Source) is { } source ? $"{source}/{navigation.Definition.Name}" : null,
        Expression.Computed computed => computed.Name,
        _ => null,
    };
}
