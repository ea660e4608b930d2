using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>What expressions can name between two transformations.</summary>
/// <param name="Input">The type that <c>$apply</c> began with: no alias may have the name of one of its properties (Data Aggregation 3.1.1).</param>
/// <param name="IsEntities">The rows still are entities, perhaps with computed properties.</param>
internal sealed record ApplyScope(Scope Scope, IEdmStructuredType Input, bool IsEntities)
{
    /// <summary>The namespace of the types that stand for the rows of a result; no model can use it.</summary>
    private const string Namespace = "$apply";

    public ApplyScope(Scope scope)
        : this(scope, (IEdmStructuredType)scope.Item.Definition, IsEntities: true) { }

    public IEdmStructuredType Type => (IEdmStructuredType)Scope.Item.Definition;

    public ApplyScope With(Scope scope) => this with { Scope = scope };

    /// <summary>The name behind <c>as</c>.</summary>
    public string Alias(ref Cursor at, IEnumerable<string> others)
    {
        at.SkipBlanks();
        if (!at.TryTakeWord("as"))
            throw at.Malformed("Expected 'as' with a name");
        at.SkipBlanks();
        var name = at.PeekIdentifier().ToString();
        if (name.Length == 0)
            at.Fail("Expected a name");
        if (Input.FindProperty(name) is not null || Type.FindProperty(name) is not null || Scope.FindComputed(name) is not null || others.Contains(name))
            throw at.Error(Errors.MalformedUrl, $"The name '{name}' is already in use", at.Position);
        at.Position += name.Length;
        return name;
    }

    /// <summary>Rows that consist of these members, a path with its type each.</summary>
    public ApplyScope Of(IEnumerable<(string Path, IEdmTypeReference? Type)> members) =>
        new(Scope.OfRows(new EdmComplexTypeReference(Build(members.Select(member => (member.Path.Split('/'), member.Type)), 0), isNullable: false)), Input, IsEntities: false);

    /// <summary>The same rows with a navigation property of that name.</summary>
    public ApplyScope Joined(string alias, ApplyScope target)
    {
        var type = new EdmEntityType(Namespace, "Result", (IEdmEntityType)Type);
        Add(type, alias, target.IsEntities && target.Scope.Computed.Count == 0 ? target.Scope.Item : target.Of(target.Members()).Scope.Item);
        return new(Scope.OfRows(new EdmEntityTypeReference(type, isNullable: false)).WithComputed(Scope.Computed), Input, IsEntities: false);
    }

    /// <summary>The members of the rows, paths into nested objects.</summary>
    public IEnumerable<(string Path, IEdmTypeReference? Type)> Members() =>
        Members(Type, "").Concat(Scope.Computed.Select(item => (item.Name, item.Value.Type)));

    /// <summary>The rows of several results together.</summary>
    public static ApplyScope Union(in Cursor at, IReadOnlyList<ApplyScope> parts)
    {
        if (parts is [var only])
            return only;
        if (parts.All(part => part.IsEntities && part.Computed().SetEquals(parts[0].Computed())))
            return parts[0];
        var members = new List<(string Path, IEdmTypeReference? Type)>();
        foreach (var member in parts.SelectMany(part => part.Members()))
        {
            var known = members.FindIndex(other => other.Path == member.Path);
            if (known < 0)
                members.Add(member);
            else if (members[known].Type?.Definition != member.Type?.Definition)
                throw at.Error(Errors.NotImplemented, $"Parts of concat in which '{member.Path}' has different types are not supported", at.Position);
        }
        return parts[0].Of(members);
    }

    private HashSet<(string, IEdmType?)> Computed() => [.. Scope.Computed.Select(item => (item.Name, item.Value.Type?.Definition))];

    private static IEnumerable<(string, IEdmTypeReference?)> Members(IEdmStructuredType type, string prefix) =>
        type.StructuralProperties().SelectMany(property => property.Type.Definition is EdmComplexType { Namespace: Namespace } nested
            ? Members(nested, prefix + property.Name + "/")
            : [(prefix + property.Name, property.Type)])
        .Concat(type.NavigationProperties().Where(navigation => navigation.DeclaringType is IEdmSchemaElement { Namespace: Namespace })
            .Select(navigation => (prefix + navigation.Name, (IEdmTypeReference?)navigation.Type)));

    private static EdmComplexType Build(IEnumerable<(string[] Path, IEdmTypeReference? Type)> members, int depth)
    {
        var type = new EdmComplexType(Namespace, "Result");
        foreach (var group in members.GroupBy(member => member.Path[depth]))
        {
            var own = group.FirstOrDefault(member => member.Path.Length == depth + 1);
            Add(type, group.Key, own.Path is null ? new EdmComplexTypeReference(Build(group, depth + 1), isNullable: false) : own.Type ?? PrimitiveTypes.String);
        }
        return type;
    }

    private static void Add(EdmStructuredType type, string name, IEdmTypeReference property)
    {
        if (property.Definition is IEdmEntityType target)
            type.AddUnidirectionalNavigation(new() { Name = name, Target = target, TargetMultiplicity = EdmMultiplicity.ZeroOrOne });
        else
            type.AddStructuralProperty(name, property);
    }
}
