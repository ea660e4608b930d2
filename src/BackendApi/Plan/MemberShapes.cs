using System.Text.Json;
using BackendApi.Parse;
using BackendApi.Stream;

namespace BackendApi.Plan;

/// <summary>Plans what a row looks like that <c>$apply</c> made: no entity, so without links and tags, with nested objects for paths.</summary>
internal sealed class MemberShapes(SelectList columns)
{
    public EntityShape Shape(Scope scope, IReadOnlyList<Member> members, QueryOptions options)
    {
        if (options.Expand.Count > 0)
            throw ExpressionPlanner.NotSupported("$expand of what $apply has aggregated");
        var computed = scope.Computed.Select(item => new Member(item.Key, Computing.Property(scope.Root.Set, item.Key, item.Value), item.Value));
        return Shape(scope, [.. members.Concat(computed).Where(member => IsSelected(member, options.Select))], depth: 0);
    }

    private EntityShape Shape(Scope scope, IReadOnlyList<Member> members, int depth)
    {
        var objects = members.Where(member => Steps(member).Length > depth + 1).GroupBy(member => Steps(member)[depth]);
        return new(
            scope.Root.Set, [.. members.Where(member => Steps(member).Length == depth + 1).Select(Property)], [], [], [], null, null, IsPartial: true)
        {
            Form = ShapeForm.Transient,
            Objects = [.. objects.Select(group => new ShapeObject(group.Key, JsonEncodedText.Encode(group.Key, JsonStyle.WriterOptions.Encoder), Shape(scope, [.. group], depth + 1)))],
        };
    }

    private ShapeProperty Property(Member member) => new(member.Property, columns.Add(member.Value), IsNullable: true)
    {
        Presence = [.. member.Presence.Select(presence => new ShapePresence(columns.Add(presence.Part), presence.Parts))],
    };

    private static bool IsSelected(Member member, IReadOnlyList<SelectItem>? select) => select is null || select.Any(item =>
        item.Options is not null ? throw ExpressionPlanner.NotSupported("options in $select of what $apply has aggregated")
        : item.IsAll || item.ComputedName == member.Path
        || item.ComputedName is null && (member.Path + "/").StartsWith(string.Join('/', item.Path.Select(step => step.Name)) + "/", StringComparison.Ordinal));

    private static string[] Steps(Member member) => member.Path.Split('/');
}
