using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary><c>$expand</c> (URL Conventions, 5.1.3): navigation properties with casts, <c>/$ref</c>, <c>/$count</c> and nested options.</summary>
internal static class ExpandParser
{
    public static IReadOnlyList<ExpandItem> Parse(ref Cursor at, Scope scope)
    {
        var items = new List<ExpandItem>(2);
        do
        {
            at.SkipBlanks();
            items.Add(Item(ref at, scope));
            ParseState.CheckCount(items.Count, scope.State.Limits.ListItems, at, "items of $expand");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        return items;
    }

    private static ExpandItem Item(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        if (scope.Item.Definition is not IEdmStructuredType source)
            throw at.Error(Errors.UnknownOption, $"$expand does not apply to {PrimitiveTypes.NameOf(scope.Item)}", start);
        if (at.TryTake('*'))
            return Star(ref at, scope, start);

        IEdmType? sourceCast = null;
        if (at.PeekQualifiedName().Contains('.'))
        {
            source = Cast(ref at, scope, source);
            sourceCast = source;
            at.Take('/');
        }
        var navigation = Navigation(ref at, scope, source);
        var item = PrimitiveTypes.ItemOf(navigation.Type);
        var target = (item ?? navigation.Type).Definition as IEdmStructuredType;

        IEdmType? targetCast = null;
        List<string>? texts = null;
        var form = ExpandForm.Entities;
        while (form == ExpandForm.Entities && at.Current == '/')
        {
            at.Position++;
            if (at.Current == '$')
                form = Form(ref at, navigation, item is not null);
            else if (targetCast is null && target is not null && at.PeekQualifiedName().Contains('.'))
                targetCast = target = Cast(ref at, scope, target);
            else
                throw at.Malformed($"Expected a type cast, $ref or $count; to expand further, write {navigation.Name}($expand=...)");
        }

        var options = QueryOptions.None;
        if (at.Current == '(')
        {
            var nested = scope.Nested(targetCast is null ? item ?? navigation.Type : MemberParser.Structured((IEdmStructuredType)targetCast));
            options = OptionParser.Nested(ref at, nested, PlaceOf(form), item is not null, texts = []);
        }
        return new(at.From(start), navigation, form, options, sourceCast, targetCast, texts);
    }

    /// <summary><c>*</c>, <c>*/$ref</c>, <c>*($levels=2)</c>.</summary>
    private static ExpandItem Star(ref Cursor at, Scope scope, int start)
    {
        var form = ExpandForm.Entities;
        if (at.TryTake("/$ref"))
            form = ExpandForm.References;
        var options = QueryOptions.None;
        if (at.Current == '(')
        {
            options = OptionParser.Nested(ref at, scope, OptionPlace.Expand);
            if (options != QueryOptions.None with { Levels = options.Levels })
                throw at.Error(Errors.UnknownOption, "Only $levels can stand behind *", start);
        }
        return new(at.From(start), null, form, options);
    }

    private static IEdmNavigationProperty Navigation(ref Cursor at, Scope scope, IEdmStructuredType source)
    {
        var name = at.PeekIdentifier();
        if (name.IsEmpty)
            throw at.Malformed("Expected the name of a navigation property");
        var property = Names.FindProperty(source, name);
        if (property is IEdmNavigationProperty navigation)
        {
            at.Position += name.Length;
            return navigation;
        }
        if (property is null)
            throw at.Error(Errors.UnknownProperty, $"The type {source.FullTypeName()} has no navigation property '{name}'", at.Position,
                Suggestions.For(name, source.NavigationProperties().Select(candidate => candidate.Name)));
        if (property.Type.IsStream())
            throw at.Error(Errors.NotImplemented, "Streams inside of responses are not supported: read the address of the property", at.Position);
        if ((PrimitiveTypes.ItemOf(property.Type) ?? property.Type).Definition is IEdmStructuredType && at.Ahead(name.Length) == '/')
            throw at.Error(Errors.NotImplemented, "Expanding through a complex property is not supported", at.Position);
        throw at.Error(Errors.UnknownProperty, $"{property.Name} is not a navigation property: it is given by $select", at.Position);
    }

    private static IEdmStructuredType Cast(ref Cursor at, Scope scope, IEdmStructuredType from)
    {
        var name = at.PeekQualifiedName();
        if (Names.FindType(scope.State.Model, name) is not IEdmStructuredType to)
            throw at.Error(Errors.UnknownProperty, $"The model has no structured type '{name}'", at.Position);
        if (!to.IsOrInheritsFrom(from))
            throw at.Error(Errors.TypeMismatch, $"The type {to.FullTypeName()} is not derived from {from.FullTypeName()}", at.Position);
        at.Position += name.Length;
        return to;
    }

    private static ExpandForm Form(ref Cursor at, IEdmNavigationProperty navigation, bool isCollection)
    {
        if (at.TryTakeWord("$ref"))
            return ExpandForm.References;
        if (at.Rest.StartsWith("$count", StringComparison.OrdinalIgnoreCase) && !isCollection)
            throw at.Error(Errors.TypeMismatch, $"$count takes a collection, {navigation.Name} is single", at.Position);
        if (at.TryTakeWord("$count"))
            return ExpandForm.Count;
        if (at.TryTakeWord("$value"))
            throw at.Error(Errors.NotImplemented, "Expanding media is not supported", at.Position);
        throw at.Malformed("Expected $ref or $count");
    }

    private static OptionPlace PlaceOf(ExpandForm form) => form switch
    {
        ExpandForm.References => OptionPlace.ExpandReferences,
        ExpandForm.Count => OptionPlace.Count,
        _ => OptionPlace.Expand,
    };
}
