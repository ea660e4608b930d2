using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Paths in expressions: properties, navigation, type casts, <c>any</c>, <c>all</c>, <c>$count</c>, and what a path can start with.</summary>
internal static class MemberParser
{
    /// <summary>A function call, a variable, or the first member of a path.</summary>
    public static Expression First(ref Cursor at, Scope scope)
    {
        if (at.Current == '$')
            return Dollar(ref at, scope);
        var start = at.Position;
        var name = at.PeekQualifiedName();
        if (name.IsEmpty)
            throw at.Malformed(at.AtEnd ? "Expected an expression" : $"Expected an expression, found '{at.Current}',");
        if (at.Ahead(name.Length) == '(')
            return CallParser.Parse(ref at, scope, name);
        if (scope.TryFindVariable(name, out var variable, out var type))
        {
            at.Position += name.Length;
            return new Expression.Variable(at.From(start), type, variable);
        }
        if (scope.Argument(name) is { } argument)
        {
            scope.State.Expand(argument.Characters, at);
            at.Position += name.Length;
            return argument.Value;
        }
        return Member(ref at, scope, scope.Implicit, name);
    }

    /// <summary>What follows a first member: <c>/name</c>, <c>/any(...)</c>, <c>/$count</c>, as long as it goes on.</summary>
    public static Expression Continue(ref Cursor at, Scope scope, Expression source)
    {
        for (var length = 1; at.Current == '/'; length++)
        {
            ParseState.CheckCount(length, scope.State.Limits.Depth, at, "segments of a path");
            at.Position++;
            source = Next(ref at, scope, source);
        }
        return source;
    }

    private static Expression Next(ref Cursor at, Scope scope, Expression source)
    {
        if (at.Current == '$')
            return at.Rest.StartsWith("$filter", StringComparison.OrdinalIgnoreCase) ? Filtered(ref at, scope, source) : Count(ref at, scope, source);
        var name = at.PeekQualifiedName();
        if (name.IsEmpty)
            throw at.Malformed("Expected the name of a property");
        if (at.Ahead(name.Length) != '(')
            return Member(ref at, scope, source, name);
        if (name.Equals("any", StringComparison.OrdinalIgnoreCase))
            return Lambda(ref at, scope, source, name.Length, isAll: false);
        if (name.Equals("all", StringComparison.OrdinalIgnoreCase))
            return Lambda(ref at, scope, source, name.Length, isAll: true);
        if (FunctionCalls.TryParse(ref at, scope, source, name) is { } call)
            return call;
        if (source.Type?.Definition is IEdmStructuredType type && Names.FindProperty(type, name) is not null)
            throw at.Error(Errors.NotImplemented, "Key predicates in expressions are not supported", at.Position + name.Length);
        throw at.Error(Errors.UnknownFunction, $"There is no function '{name}' behind a path", at.Position, Suggestions.For(name, ["any", "all"]));
    }

    /// <summary>A property, a navigation property, a computed name, or a type cast.</summary>
    private static Expression Member(ref Cursor at, Scope scope, Expression source, ReadOnlySpan<char> name)
    {
        var start = at.Position;
        if (name.Contains('.'))
            return TypeCast(ref at, scope, source, name);

        var type = source.Type?.Definition as IEdmStructuredType;
        if (type?.FindProperty(name.ToString()) is { } exact)
            return Property(ref at, source, exact, name.Length);
        var isFirst = ReferenceEquals(source, scope.Implicit);
        if (isFirst && scope.FindComputed(name) is { } computed)
        {
            at.Position += name.Length;
            return new Expression.Computed(at.From(start), computed.Value.Type, source, computed.Name);
        }
        if (isFirst && KeywordLiteral(ref at, name) is { } literal)
            return literal;
        if (FunctionCalls.TryParse(ref at, scope, isFirst ? null : source, name) is { } call)
            return call;
        if (type is null)
            throw at.Error(Errors.UnknownProperty, PrimitiveTypes.ItemOf(source.Type) is not null
                ? $"A collection has no property '{name}': use any, all or $count"
                : $"{PrimitiveTypes.NameOf(source.Type)} has no property '{name}'", start);
        if (Names.FindProperty(type, name) is { } near)
            return Property(ref at, source, near, name.Length);
        throw UnknownProperty(at, type, name, scope, isFirst);
    }

    public static ServiceException UnknownProperty(in Cursor at, IEdmStructuredType type, ReadOnlySpan<char> name, Scope? scope = null, bool withComputed = false)
    {
        var names = type.Properties().Select(property => property.Name);
        if (scope is not null && withComputed)
            names = names.Concat(scope.Computed.Select(item => item.Name));
        return at.Error(Errors.UnknownProperty, $"The type {type.FullTypeName()} has no property '{name}'", at.Position, Suggestions.For(name, names));
    }

    private static Expression Property(ref Cursor at, Expression source, IEdmProperty property, int length)
    {
        var start = at.Position;
        if (property.Type.IsStream())
            throw at.Error(Errors.TypeMismatch, $"{property.Name} is a stream, which no expression looks into", start);
        at.Position += length;
        return property is IEdmNavigationProperty navigation
            ? new Expression.Navigation(PathSpan(at, source, start), property.Type, source, navigation)
            : new Expression.Property(PathSpan(at, source, start), property.Type, source, (IEdmStructuralProperty)property);
    }

    /// <summary>From the start of the path; what an alias stands for has its place in another text.</summary>
    private static Position PathSpan(in Cursor at, Expression source, int start) =>
        source.At.Length > 0 && source.At.Start < start ? at.From(source.At.Start) : at.From(start);

    /// <summary><c>NULL</c>, <c>True</c> and the like, which no property name wins over. In lower case they never come here.</summary>
    private static Expression.Literal? KeywordLiteral(ref Cursor at, ReadOnlySpan<char> name)
    {
        var start = at.Position;
        var isTrue = name.Equals("true", StringComparison.OrdinalIgnoreCase);
        var isNull = name.Equals("null", StringComparison.OrdinalIgnoreCase);
        if (!isTrue && !isNull && !name.Equals("false", StringComparison.OrdinalIgnoreCase))
            return null;
        at.Position += name.Length;
        return new(at.From(start), isNull ? null : PrimitiveTypes.Boolean, isNull ? null : isTrue);
    }

    private static Expression TypeCast(ref Cursor at, Scope scope, Expression source, ReadOnlySpan<char> name)
    {
        var start = at.Position;
        var item = PrimitiveTypes.ItemOf(source.Type);
        if ((item ?? source.Type)?.Definition is not IEdmStructuredType from || Names.FindType(scope.State.Model, name) is not IEdmStructuredType to)
            return FunctionCalls.TryParse(ref at, scope, ReferenceEquals(source, scope.Implicit) ? null : source, name)
                ?? throw at.Error(Errors.UnknownProperty, $"The model has no structured type '{name}'", start);
        if (!to.IsOrInheritsFrom(from))
            throw at.Error(Errors.TypeMismatch, $"The type {to.FullTypeName()} is not derived from {from.FullTypeName()}", start);
        at.Position += name.Length;
        var reference = Structured(to);
        return new Expression.TypeCast(PathSpan(at, source, start), item is null ? reference : new EdmCollectionTypeReference(new EdmCollectionType(reference)), source);
    }

    public static IEdmTypeReference Structured(IEdmStructuredType type) => type switch
    {
        IEdmEntityType entity => new EdmEntityTypeReference(entity, isNullable: true),
        IEdmComplexType complex => new EdmComplexTypeReference(complex, isNullable: true),
        _ => throw new ArgumentException("Neither an entity type nor a complex type.", nameof(type)),
    };

    private static Expression Dollar(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        if (at.TryTakeWord(Expression.Variable.It))
            return scope.Binding ?? new Expression.Variable(at.From(start), scope.It, Expression.Variable.It);
        if (at.TryTakeWord(Expression.Variable.This))
            return new Expression.Variable(at.From(start), scope.Item, Expression.Variable.This);
        if (!at.TryTake("$root/"))
            throw at.Malformed("Expected $it, $this or $root");

        var name = at.PeekIdentifier();
        if (Names.FindElement(scope.State.Model, name) is not IEdmNavigationSource source)
            throw at.Error(Errors.UnknownProperty, $"There is no entity set or singleton '{name}'", at.Position,
                Suggestions.For(name, scope.State.Model.EntityContainer?.Elements.OfType<IEdmNavigationSource>().Select(element => element.Name) ?? []));
        at.Position += name.Length;
        var entity = new EdmEntityTypeReference(source.EntityType(), isNullable: true);
        if (source is IEdmSingleton)
            return new Expression.Root(at.From(start), entity, source, []);
        if (at.Current != '(')
            return new Expression.Root(at.From(start), new EdmCollectionTypeReference(new EdmCollectionType(entity)), source, []);
        var key = KeyParser.Parse(ref at, scope.State, source.EntityType(), []);
        return new Expression.Root(at.From(start), entity, source, key);
    }

    /// <summary><c>$count</c>, or <c>$count($filter=...;$search=...)</c> (4.01).</summary>
    private static Expression.Count Count(ref Cursor at, Scope scope, Expression source)
    {
        if (!at.TryTakeWord("$count"))
            throw at.Malformed("Expected $count or the name of a property");
        var options = QueryOptions.None;
        if (PrimitiveTypes.ItemOf(source.Type) is not { } item)
            throw at.Error(Errors.TypeMismatch, $"$count takes a collection, not {PrimitiveTypes.NameOf(source.Type)},", at.Position);
        if (at.Current == '(')
            options = OptionParser.Nested(ref at, scope.Nested(item), OptionPlace.Count);
        return new(PathSpan(at, source, at.Position), PrimitiveTypes.Int64, source, options.Filter, options.Search);
    }

    /// <summary><c>$filter(expr)</c> behind a collection; a collection again.</summary>
    private static Expression.Filtered Filtered(ref Cursor at, Scope scope, Expression source)
    {
        if (PrimitiveTypes.ItemOf(source.Type) is not { } item)
            throw at.Error(Errors.TypeMismatch, $"$filter takes a collection, not {PrimitiveTypes.NameOf(source.Type)},", at.Position);
        scope.State.Enter(at);
        if (!at.TryTakeWord("$filter"))
            throw at.Malformed("Expected $filter, $count or the name of a property");
        at.Take('(');
        var predicate = ExpressionParser.ParseCondition(ref at, scope.Nested(item), "$filter");
        if (!at.TryTake(')'))
            throw ExpressionParser.Unexpected(at, "')'");
        scope.State.Leave();
        return new(PathSpan(at, source, at.Position), source.Type, source, predicate);
    }

    private static Expression.Lambda Lambda(ref Cursor at, Scope scope, Expression source, int nameLength, bool isAll)
    {
        if (PrimitiveTypes.ItemOf(source.Type) is not { } item)
            throw at.Error(Errors.TypeMismatch, $"{(isAll ? "all" : "any")} takes a collection, not {PrimitiveTypes.NameOf(source.Type)},", at.Position);
        scope.State.Enter(at);
        at.Position += nameLength + 1;
        at.SkipBlanks();
        string? variable = null;
        Expression? predicate = null;
        if (isAll || at.Current != ')')
        {
            var name = at.PeekIdentifier();
            if (name.IsEmpty)
                throw at.Malformed("Expected the name of a lambda variable");
            if (scope.TryFindVariable(name, out variable, out _))
                throw at.Malformed($"The lambda variable '{variable}' is already in use");
            variable = name.ToString();
            at.Position += name.Length;
            at.SkipBlanks();
            at.Take(':');
            var inner = scope.WithVariable(variable, item);
            predicate = ExpressionParser.ParseCondition(ref at, inner, isAll ? "all" : "any");
            variable = inner.Variable;
        }
        if (!at.TryTake(')'))
            throw ExpressionParser.Unexpected(at, "')'");
        scope.State.Leave();
        return new(PathSpan(at, source, at.Position), PrimitiveTypes.Boolean, isAll, source, variable, predicate);
    }
}
