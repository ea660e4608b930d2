using System.Globalization;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>
/// The resource path (URL Conventions, 4): what stands first, then segment by segment what the type reached so far allows.
/// A name that the model does not have is a 404.
/// </summary>
internal static class PathParser
{
    private const string Option = "the path";
    private const int MaxJoinedSets = 10;

    /// <summary>Of <c>$all</c>: without properties, until a type is named.</summary>
    private static readonly IEdmTypeReference AnyEntities =
        new EdmCollectionTypeReference(new EdmCollectionType(new EdmEntityTypeReference(new EdmEntityType("Edm", "EntityType", null, isAbstract: true, isOpen: false), isNullable: false)));

    /// <returns>The path, and the type that the query options apply to: in front of <c>/$count</c> the collection.</returns>
    public static (ResourcePath Path, IEdmTypeReference? OptionType) Parse(ParseState state, string raw)
    {
        var (text, ends) = PathSegments.Split(raw);
        var segments = new List<PathSegment>(ends.Count + 1);
        IEdmTypeReference? type = null;
        IEdmTypeReference? optionType = null;
        var start = 0;
        for (var i = 0; i < ends.Count; i++)
        {
            ParseState.CheckCount(i, state.Limits.Depth, new Cursor(text, Option) { Position = start }, "segments of a path");
            var at = new Cursor(text, Option) { Position = start, End = ends[i] };
            if (at.AtEnd)
                throw at.Malformed("Expected a segment between two slashes");
            type = segments.Count == 0 ? First(ref at, state, segments) : Next(ref at, state, segments, type, ends, ref i);
            if (!at.AtEnd)
                throw at.Malformed("Expected '/' or the end");
            if (segments[^1] is not (PathSegment.Count or PathSegment.Query))
                optionType = type;
            start = ends[i] + 1;
        }
        return (new ResourcePath(text, segments, type), optionType);
    }

    private static IEdmTypeReference? First(ref Cursor at, ParseState state, List<PathSegment> segments)
    {
        if (at.Current == '$')
        {
            segments.Add(System(ref at, state));
            return segments[0] switch
            {
                PathSegment.CrossJoin join => join.Type,
                PathSegment.All => AnyEntities,
                _ => null,
            };
        }
        var start = at.Position;
        var name = at.PeekIdentifier();
        var element = name.IsEmpty ? null : Names.FindElement(state.Model, name);
        if (element is null)
            throw at.Error(Errors.NotFound, $"There is no entity set '{(name.IsEmpty ? at.Rest : name)}'", start,
                Suggestions.For(name, state.Model.EntityContainer?.Elements.Select(candidate => candidate.Name) ?? []));
        at.Position += name.Length;
        switch (element)
        {
            case IEdmEntitySet set:
                segments.Add(new PathSegment.EntitySet(at.From(start), set));
                IEdmTypeReference type = new EdmEntityTypeReference(set.EntityType(), isNullable: false);
                return at.Current == '(' ? Key(ref at, state, segments, type) : new EdmCollectionTypeReference(new EdmCollectionType(type));
            case IEdmSingleton singleton:
                segments.Add(new PathSegment.Singleton(at.From(start), singleton));
                return new EdmEntityTypeReference(singleton.EntityType(), isNullable: false);
            default:
                return Operation(ref at, state, segments, [.. state.Model.EntityContainer.FindOperationImports(element.Name).Select(import => import.Operation)], start);
        }
    }

    private static IEdmTypeReference? Operation(ref Cursor at, ParseState state, List<PathSegment> segments, IReadOnlyList<IEdmOperation> overloads, int start)
    {
        var operation = OperationParser.Parse(ref at, state, overloads, start);
        segments.Add(operation);
        var type = operation.Definition.ReturnType;
        return at.Current == '(' && PrimitiveTypes.ItemOf(type) is { Definition: IEdmEntityType } item ? Key(ref at, state, segments, item) : type;
    }

    private static PathSegment System(ref Cursor at, ParseState state)
    {
        var start = at.Position;
        if (at.TryTakeWord("$metadata"))
            return new PathSegment.Metadata(at.From(start));
        if (at.TryTakeWord("$batch"))
            return new PathSegment.Batch(at.From(start));
        if (at.TryTakeWord("$all"))
            return new PathSegment.All(at.From(start));
        if (at.TryTakeWord("$entity"))
            return new PathSegment.Entity(at.From(start));
        if (!at.TryTakeWord("$crossjoin"))
            throw at.Error(Errors.NotFound, $"There is no resource '{at.Rest}'", start,
                Suggestions.For(at.Rest, ["$metadata", "$batch", "$all", "$entity", "$crossjoin"]));

        at.Take('(');
        var sets = new List<IEdmEntitySet>();
        var row = new EdmComplexType("Edm", "ComplexType");
        do
        {
            at.SkipBlanks();
            var name = at.PeekIdentifier();
            if (Names.FindElement(state.Model, name) is not IEdmEntitySet set)
                throw at.Error(Errors.NotFound, $"There is no entity set '{name}'", at.Position,
                    Suggestions.For(name, state.Model.EntityContainer?.EntitySets().Select(candidate => candidate.Name) ?? []));
            if (sets.Contains(set))
                throw at.Malformed($"{set.Name} is named twice");
            at.Position += name.Length;
            sets.Add(set);
            row.AddUnidirectionalNavigation(new() { Name = set.Name, Target = set.EntityType(), TargetMultiplicity = EdmMultiplicity.One });
            ParseState.CheckCount(sets.Count, MaxJoinedSets, at, "sets of a $crossjoin");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');
        return new PathSegment.CrossJoin(at.From(start), sets, new EdmCollectionTypeReference(new EdmCollectionType(new EdmComplexTypeReference(row, isNullable: false))));
    }

    private static IEdmTypeReference? Next(
        ref Cursor at, ParseState state, List<PathSegment> segments, IEdmTypeReference? type, List<int> ends, ref int index)
    {
        if (segments[^1] is PathSegment.Query
            || segments[^1] is PathSegment.Count or PathSegment.Value or PathSegment.Reference && !at.Rest.Equals("$query", StringComparison.OrdinalIgnoreCase)
            || type is null && segments[^1] is not PathSegment.Entity
            || segments[^1] is PathSegment.Operation { Definition: not IEdmFunction { IsComposable: true } } && !at.Rest.Equals("$query", StringComparison.OrdinalIgnoreCase))
            throw at.Error(Errors.NotFound, "Nothing can follow the segment before", at.Position);
        if (at.Current == '$')
            return Dollar(ref at, state, segments, type);

        var item = PrimitiveTypes.ItemOf(type);
        var structured = (item ?? type)?.Definition as IEdmStructuredType;
        var start = at.Position;
        var name = at.PeekQualifiedName();
        if (name.Contains('.') && (name.Length == at.Rest.Length || at.Ahead(name.Length) == '(') && Names.FindType(state.Model, name) is IEdmStructuredType cast)
        {
            type = Cast(ref at, segments, ReferenceEquals(type, AnyEntities) ? null : structured, cast, name.Length, item is not null);
            return at.Current == '(' && PrimitiveTypes.ItemOf(type) is { } keyedItem ? Key(ref at, state, segments, keyedItem) : type;
        }
        if (item is null && structured is not null && name.Length > 0 && Names.FindProperty(structured, name) is { } property)
        {
            at.Position += name.Length;
            if (property is not IEdmNavigationProperty navigation)
            {
                segments.Add(new PathSegment.Property(at.From(start), (IEdmStructuralProperty)property));
                return property.Type;
            }
            segments.Add(new PathSegment.Navigation(at.From(start), navigation));
            return at.Current == '(' && PrimitiveTypes.ItemOf(property.Type) is { } target ? Key(ref at, state, segments, target) : property.Type;
        }
        if (type is not null && OperationParser.FindBound(state.Model, type, name) is { Count: > 0 } operations)
        {
            at.Position += name.Length;
            return Operation(ref at, state, segments, operations, start);
        }
        if (item?.Definition is IEdmEntityType entity)
        {
            KeySegments(ref at, segments, entity, ends, ref index);
            return item;
        }
        if (type is null)
            throw at.Error(Errors.NotFound, "Only a type cast can follow $entity", start);
        if (item is not null && long.TryParse(at.Rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            throw at.Error(Errors.NotImplemented, "Addressing a member of a collection by its place is not supported", start);
        throw at.Error(Errors.NotFound, $"{PrimitiveTypes.NameOf(type)} has no property '{at.Rest}'", start,
            structured is null ? "" : Suggestions.For(at.Rest, structured.Properties().Select(candidate => candidate.Name)));
    }

    private static IEdmTypeReference? Dollar(ref Cursor at, ParseState state, List<PathSegment> segments, IEdmTypeReference? type)
    {
        var start = at.Position;
        var item = PrimitiveTypes.ItemOf(type);
        if (at.TryTakeWord("$query"))
        {
            segments.Add(new PathSegment.Query(at.From(start)));
            return type;
        }
        if (at.TryTakeWord("$count"))
        {
            if (item is null)
                throw at.Error(Errors.NotFound, "Only a collection has $count", start);
            segments.Add(new PathSegment.Count(at.From(start)));
            return PrimitiveTypes.Int64;
        }
        if (at.TryTakeWord("$ref"))
        {
            if ((item ?? type)?.Definition is not IEdmEntityType)
                throw at.Error(Errors.NotFound, "Only entities have $ref", start);
            segments.Add(new PathSegment.Reference(at.From(start)));
            return type;
        }
        if (at.TryTakeWord("$value"))
        {
            if (type.IsStream())
                throw at.Error(Errors.NotFound, "A stream has no $value: its own address answers it", start);
            if (type?.Definition is not (IEdmPrimitiveType or IEdmEnumType or IEdmEntityType { HasStream: true }))
                throw at.Error(Errors.NotFound, "Only a primitive property or a media entity has $value", start);
            segments.Add(new PathSegment.Value(at.From(start)));
            return type;
        }
        if (at.TryTakeWord("$each") && item is not null)
        {
            segments.Add(new PathSegment.Each(at.From(start)));
            return type;
        }
        if (at.TryTakeWord("$filter") && item is not null)
        {
            at.Take('(');
            var predicate = ExpressionParser.ParseCondition(ref at, new Scope(state, item), "$filter");
            if (!at.TryTake(')'))
                throw ExpressionParser.Unexpected(at, "')'");
            segments.Add(new PathSegment.Filter(at.From(start), predicate));
            return at.Current == '(' && item.Definition is IEdmEntityType ? Key(ref at, state, segments, item) : type;
        }
        at.Position = start;
        throw at.Error(Errors.NotFound, $"There is no segment '{at.Rest}' here", start, Suggestions.For(at.Rest, ["$count", "$value", "$ref", "$filter", "$each", "$query"]));
    }

    private static IEdmTypeReference Cast(ref Cursor at, List<PathSegment> segments, IEdmStructuredType? from, IEdmStructuredType to, int length, bool isCollection)
    {
        var start = at.Position;
        if (from is not null && !to.IsOrInheritsFrom(from))
            throw at.Error(Errors.NotFound, $"The type {to.FullTypeName()} is not derived from {from.FullTypeName()}", start);
        at.Position += length;
        segments.Add(new PathSegment.TypeCast(at.From(start), to));
        var reference = MemberParser.Structured(to);
        return isCollection ? new EdmCollectionTypeReference(new EdmCollectionType(reference)) : reference;
    }

    private static IEdmTypeReference Key(ref Cursor at, ParseState state, List<PathSegment> segments, IEdmTypeReference item)
    {
        var start = at.Position;
        var type = (IEdmEntityType)item.Definition;
        var values = KeyParser.Parse(ref at, state, type, KeyParser.Implied(segments[^1], type));
        segments.Add(new PathSegment.Key(at.From(start), values));
        return item;
    }

    /// <summary>Each part of a key in a segment of its own.</summary>
    private static void KeySegments(ref Cursor at, List<PathSegment> segments, IEdmEntityType entity, List<int> ends, ref int index)
    {
        var start = at.Position;
        var values = new List<KeyValue>(1);
        foreach (var property in KeyParser.Stated(entity, KeyParser.Implied(segments[^1], entity)))
        {
            if (values.Count > 0)
            {
                if (index + 1 == ends.Count)
                    throw at.Error(Errors.NotFound, $"The key of {entity.FullTypeName()} has more parts: {property.Name} is missing", at.Position);
                at.Position = ends[index] + 1;
                at.End = ends[++index];
            }
            values.Add(KeyParser.FromText(at.Rest, property)
                ?? throw at.Error(Errors.NotFound, $"'{at.Rest}' is not a value of the key property {property.Name} of {entity.FullTypeName()}", at.Position));
            at.Position = at.End;
        }
        if (values.Count == 0)
            throw at.Error(Errors.NotFound, $"The type {entity.FullTypeName()} has no key", start);
        segments.Add(new PathSegment.Key(at.From(start), values));
    }
}
