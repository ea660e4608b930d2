using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies.Community.V1;

namespace BackendApi.Parse;

/// <summary>Key predicates (URL Conventions, 4.3.1): <c>(1)</c>, <c>(A=1,B=2)</c>, alternate keys, parameter aliases; and keys as segments (4.3.6).</summary>
internal static class KeyParser
{
    /// <summary>
    /// The key properties that the path before a key segment already fixes: those that a referential constraint ties to the entity whose
    /// navigation property leads here (URL Conventions 4.3.3). They may be left out of a predicate, and are left out of segments.
    /// </summary>
    public static IReadOnlyList<IEdmStructuralProperty> Implied(PathSegment before, IEdmEntityType type)
    {
        if (before is not PathSegment.Navigation { Definition.Partner: { } partner } || partner.DependentProperties() is not { } dependent)
            return [];
        List<IEdmStructuralProperty> implied = [.. type.Key().Where(dependent.Contains)];
        return implied.Count < type.Key().Count() ? implied : [];
    }

    /// <summary>A predicate in parentheses. The values come in the order in which the key declares its properties.</summary>
    /// <param name="implied">From <see cref="Implied"/>.</param>
    public static IReadOnlyList<KeyValue> Parse(ref Cursor at, ParseState state, IEdmEntityType type, IReadOnlyList<IEdmStructuralProperty> implied)
    {
        var start = at.Position;
        at.Take('(');
        at.SkipBlanks();
        var name = at.PeekIdentifier();
        if (!name.IsEmpty && Behind(at, name.Length) == '=')
            return Named(ref at, state, type, implied, start);

        using var key = Stated(type, implied).GetEnumerator();
        if (!key.MoveNext())
            throw at.Error(Errors.MalformedUrl, $"The type {type.FullTypeName()} has no key", start);
        var property = key.Current;
        if (key.MoveNext())
            throw at.Error(Errors.MalformedUrl, $"The key of {type.FullTypeName()} has several parts: write ({PartsOf(type)})", at.Position);
        var value = Value(ref at, state, property);
        at.SkipBlanks();
        at.Take(')');
        return [value];
    }

    /// <summary>The value that a path segment holds as plain text; null when the text is not one of the property's type.</summary>
    public static KeyValue? FromText(ReadOnlySpan<char> text, IEdmStructuralProperty property)
    {
        if (property.Type.Definition is IEdmEnumType enumeration)
            return EnumLiterals.Read(enumeration, text) is { } members ? new(property, members) : null;
        return property.Type.Kind() is { } kind && TextLiterals.Read(text, kind, out var value) == Fault.None ? new(property, value!) : null;
    }

    /// <summary>The parts of the key that a path has to name.</summary>
    public static IEnumerable<IEdmStructuralProperty> Stated(IEdmEntityType type, IReadOnlyList<IEdmStructuralProperty> implied) =>
        implied.Count == 0 ? type.Key() : type.Key().Where(property => !implied.Contains(property));

    private static List<KeyValue> Named(ref Cursor at, ParseState state, IEdmEntityType type, IReadOnlyList<IEdmStructuralProperty> implied, int start)
    {
        var given = new List<(string Name, int Position, Expression.Literal Value)>();
        do
        {
            at.SkipBlanks();
            var name = at.PeekIdentifier();
            if (name.IsEmpty)
                throw at.Malformed("Expected the name of a key property");
            var position = at.Position;
            foreach (var part in given)
                if (name.SequenceEqual(part.Name))
                    throw at.Malformed($"The key property {part.Name} is given twice");
            at.Position += name.Length;
            at.SkipBlanks();
            at.Take('=');
            at.SkipBlanks();
            given.Add((name.ToString(), position, Literal(ref at, state)));
            ParseState.CheckCount(given.Count, state.Limits.Depth, at, "parts of a key");
            at.SkipBlanks();
        }
        while (at.TryTake(','));
        at.Take(')');

        if (Match(at, type.Key().Select(property => (property.Name, property)), given) is { } primary)
            return primary;
        if (implied.Count > 0 && Match(at, Stated(type, implied).Select(property => (property.Name, property)), given) is { } rest)
            return rest;
        foreach (var alternate in state.Model.GetAlternateKeysAnnotation(type) ?? [])
            if (Match(at, alternate.Select(part => (part.Key, (IEdmStructuralProperty)part.Value)), given) is { } values)
                return values;
        var first = given[0];
        var known = type.Key().Any(property => string.Equals(property.Name, first.Name, StringComparison.OrdinalIgnoreCase));
        throw at.Error(Errors.MalformedUrl, $"These are not the parts of a key of {type.FullTypeName()}: its key is ({PartsOf(type)})", start,
            known ? "" : Suggestions.For(first.Name, type.Key().Select(property => property.Name)));
    }

    /// <summary>The values in the order of the key; null when the names are not those of the key.</summary>
    private static List<KeyValue>? Match(
        in Cursor at, IEnumerable<(string Name, IEdmStructuralProperty Property)> key, List<(string Name, int Position, Expression.Literal Value)> given)
    {
        foreach (var comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            var values = new List<KeyValue>();
            var count = 0;
            foreach (var (name, property) in key)
            {
                count++;
                foreach (var part in given)
                {
                    if (!string.Equals(part.Name, name, comparison))
                        continue;
                    values.Add(Bind(at, part.Position, part.Value, property));
                    break;
                }
            }
            if (count == given.Count && values.Count == count)
                return values;
        }
        return null;
    }

    private static KeyValue Value(ref Cursor at, ParseState state, IEdmStructuralProperty property)
    {
        var position = at.Position;
        return Bind(at, position, Literal(ref at, state), property);
    }

    /// <summary>A literal or an alias of one.</summary>
    public static Expression.Literal Literal(ref Cursor at, ParseState state)
    {
        if (at.Current != '@')
            return LiteralParser.TryParse(ref at, state.Model) ?? throw at.Malformed("Expected a key value");
        var start = at.Position;
        at.Position++;
        at.Position += at.PeekIdentifier().Length;
        var alias = at.Since(start).ToString();
        if (state.EnterAlias(alias, at) is not { } text)
            throw at.Error(Errors.MalformedUrl, $"The parameter alias {alias} is not declared in the query", start);
        var inner = new Cursor(text, alias);
        inner.SkipBlanks();
        var value = Literal(ref inner, state);
        inner.SkipBlanks();
        if (!inner.AtEnd)
            throw inner.Malformed("Expected the end of the value");
        state.LeaveAlias();
        return value;
    }

    private static KeyValue Bind(in Cursor at, int position, Expression.Literal value, IEdmStructuralProperty property)
    {
        var adapted = (Expression.Literal)Operands.Adapt(value, property.Type);
        if (adapted.Value is { } bound && adapted.Type.Kind() == property.Type.Kind())
            return new(property, bound);
        if (adapted.Value is null)
            throw at.Error(Errors.MalformedUrl, $"The key property {property.Name} is never null", position);
        var isOutside = adapted.Value is int or long && Functions.NumericRank(property.Type.Kind() ?? ValueKind.String) > 0;
        throw at.Error(isOutside ? Errors.OutOfRange : Errors.TypeMismatch, isOutside
            ? $"The value is outside the range of {PrimitiveTypes.NameOf(property.Type)}"
            : $"The key property {property.Name} is {PrimitiveTypes.NameOf(property.Type)}, not {PrimitiveTypes.NameOf(adapted.Type)},", position);
    }

    private static char Behind(in Cursor at, int offset)
    {
        while (at.Ahead(offset) is ' ' or '\t')
            offset++;
        return at.Ahead(offset);
    }

    private static string PartsOf(IEdmEntityType type) => string.Join(',', type.Key().Select(property => property.Name + "=..."));
}
