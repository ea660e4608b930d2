using System.Text.Json;
using BackendApi.Parse;
using BackendApi.Stream;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>
/// Plans what a row looks like that <c>$apply</c> made: no entity, so without links and tags, with nested objects for paths. Entities that it was grouped
/// by are expanded.
/// </summary>
internal sealed class MemberShapes(SelectList columns, ShapePlanner entities)
{
    public EntityShape Shape(Scope scope, QueryOptions options, int depth)
    {
        var grouped = scope.Joined.Where(joined => joined.Navigation is not null && IsSelected(joined.Alias, options.Select)).ToList();
        if (options.Expand.Any(item => item.Navigation is null || !grouped.Exists(joined => joined.Alias == item.Navigation.Name)))
            throw ExpressionPlanner.NotSupported("$expand of what $apply has aggregated");
        if (options.Expand.GroupBy(item => item.Navigation!.Name).FirstOrDefault(items => items.Count() > 1) is { } twice)
            throw new ServiceException(Errors.MalformedUrl, $"$expand names {twice.Key} twice.", "$expand");
        var computed = scope.Computed.Select(item => new Member(item.Key, Computing.Property(scope.Root.Set, item.Key, item.Value), item.Value));
        var members = Rowset.MembersOf(scope).Where(member => !scope.Joined.Any(joined => joined.Navigation is not null && member.Path.StartsWith(joined.Alias + "/", StringComparison.Ordinal)));
        // Without $expand all of them are expanded (Data Aggregation 3.2.3.1).
        var references = grouped.Select(joined => (Joined: joined, Item: options.Expand.FirstOrDefault(item => item.Navigation!.Name == joined.Alias)))
            .Where(reference => reference.Item is not null || options.Expand.Count == 0)
            .Select(reference => (reference.Joined.Alias, entities.Grouped(scope, reference.Joined, reference.Item, depth + 1)));
        return Shape(scope, [.. members.Concat(computed).Where(member => IsSelected(member.Path, options.Select))], [.. references], depth: 0);
    }

    private EntityShape Shape(Scope scope, IReadOnlyList<Member> members, IReadOnlyList<(string Path, ShapeReference Shape)> references, int depth)
    {
        var objects = members.Select(member => member.Path).Concat(references.Select(reference => reference.Path)).Where(path => Steps(path).Length > depth + 1).GroupBy(path => Steps(path)[depth]);
        return new(
            scope.Root.Set, [.. members.Where(member => Steps(member.Path).Length == depth + 1).Select(Property)],
            [.. references.Where(reference => Steps(reference.Path).Length == depth + 1).Select(reference => reference.Shape)], [], [], null, null, IsPartial: true)
        {
            Form = ShapeForm.Transient,
            Objects = [.. objects.Select(group => Object(group.Key, [.. members.Where(member => IsIn(member.Path, group.Key))], [.. references.Where(reference => IsIn(reference.Path, group.Key))]))],
        };

        bool IsIn(string path, string name) => Steps(path) is var steps && steps.Length > depth + 1 && steps[depth] == name;

        ShapeObject Object(string name, IReadOnlyList<Member> inside, IReadOnlyList<(string Path, ShapeReference Shape)> entities) =>
            new(name, JsonEncodedText.Encode(name, JsonStyle.WriterOptions.Encoder), Shape(scope, inside, entities, depth + 1))
            {
                Presence = depth == 0 && inside.Select(member => member.Owner).Distinct().ToArray() is [{ } owner] ? columns.Add(owner) : null,
            };
    }

    private ShapeProperty Property(Member member) => new(member.Property, columns.Add(member.Value), IsNullable: true)
    {
        Presence = [.. member.Presence.Select(presence => new ShapePresence(columns.Add(presence.Part), presence.Parts))],
    };

    private static bool IsSelected(string path, IReadOnlyList<SelectItem>? select) => select is null || select.Any(item =>
        item.Options is not null ? throw ExpressionPlanner.NotSupported("options in $select of what $apply has aggregated")
        : item.IsAll || item.ComputedName == path
        || item.ComputedName is null && (path + "/").StartsWith(string.Join('/', item.Path.Select(step => step.Name)) + "/", StringComparison.Ordinal));

    private static string[] Steps(string path) => path.Split('/');
}
