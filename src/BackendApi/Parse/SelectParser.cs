using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary><c>$select</c> (URL Conventions, 5.1.4): properties, paths into complex ones, <c>*</c>, computed names, nested options.</summary>
internal static class SelectParser
{
    public static IReadOnlyList<SelectItem> Parse(ref Cursor at, Scope scope)
    {
        var items = new List<SelectItem>();
        do
        {
            at.SkipBlanks();
            items.Add(Item(ref at, scope));
            ParseState.CheckCount(items.Count, scope.State.Limits.ListItems, at, "items of $select");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        return items;
    }

    private static SelectItem Item(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        if (at.TryTake('*'))
            return new(at.From(start), []);
        if (scope.Item.Definition is not IEdmStructuredType type)
            throw at.Error(Errors.UnknownOption, $"$select does not apply to {PrimitiveTypes.NameOf(scope.Item)}", start);

        IEdmType? cast = null;
        if (at.PeekQualifiedName().Contains('.') && Names.FindType(scope.State.Model, at.PeekQualifiedName()) is IEdmStructuredType to)
        {
            if (!to.IsOrInheritsFrom(type))
                throw at.Error(Errors.TypeMismatch, $"The type {to.FullTypeName()} is not derived from {type.FullTypeName()}", start);
            at.Position += at.PeekQualifiedName().Length;
            at.Take('/');
            cast = type = to;
        }

        IEdmProperty? last = null;
        IEdmProperty[] path = [];
        do
        {
            var name = at.PeekQualifiedName();
            if (name.IsEmpty)
                throw at.Malformed("Expected the name of a property");
            if (name.Contains('.') || at.Ahead(name.Length) == '.')
                throw at.Error(Errors.NotImplemented, "Qualified names in $select are not supported", at.Position);
            if (type.FindProperty(name.ToString()) is not { } property)
            {
                if (last is null && scope.FindComputed(name) is { } computed)
                {
                    at.Position += name.Length;
                    return new(at.From(start), [], computed.Name);
                }
                property = Names.FindProperty(type, name) ?? throw MemberParser.UnknownProperty(at, type, name, scope, last is null);
            }
            ParseState.CheckCount(path.Length + 1, scope.State.Limits.Depth, at, "segments of a path");
            at.Position += name.Length;
            path = [.. path, last = property];
            if (at.Current != '/')
                break;
            if (property is IEdmNavigationProperty || (PrimitiveTypes.ItemOf(property.Type) ?? property.Type).Definition is not IEdmStructuredType next)
                throw at.Malformed(property is IEdmNavigationProperty
                    ? $"A path of $select ends at a navigation property: use $expand={property.Name}($select=...)"
                    : $"The property {property.Name} has no properties of its own");
            type = next;
            at.Position++;
        }
        while (true);

        if (at.Current != '(')
            return new(at.From(start), path, Cast: cast);
        var item = PrimitiveTypes.ItemOf(last.Type);
        if (last is IEdmNavigationProperty)
            throw at.Malformed($"Options of a navigation property stand in $expand={last.Name}(...)");
        var options = OptionParser.Nested(ref at, scope.Nested(item ?? last.Type), OptionPlace.Select, item is not null);
        return new(at.From(start), path, Options: options, Cast: cast);
    }
}
