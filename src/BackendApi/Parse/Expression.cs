using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Where in its option's text a piece stands, in characters of the percent-decoded text.</summary>
public readonly record struct Position(int Start, int Length);

/// <summary>
/// The expressions of OData 4.01 (URL Conventions, 5.1.1), bound to the EDM. <see cref="Type"/> is null for the literal null
/// and for expressions whose type only the data knows.
/// </summary>
public abstract record Expression(Position At, IEdmTypeReference? Type)
{
    /// <summary>A literal in the CLR type that <see cref="Model.ValueKind"/> names; null is the literal null. An enumeration's value is an <see cref="EnumValue"/>.</summary>
    public sealed record Literal(Position At, IEdmTypeReference? Type, object? Value) : Expression(At, Type);

    /// <summary><c>$it</c>, <c>$this</c> or a variable of a lambda operator. A path without a prefix starts at <c>$it</c>, inside nested options at the nested entity, which is <see cref="Implicit"/>.</summary>
    public sealed record Variable(Position At, IEdmTypeReference? Type, string Name) : Expression(At, Type)
    {
        public const string It = "$it";
        public const string This = "$this";
        /// <summary>The entity that the option applies to, named by nothing.</summary>
        public const string Implicit = "";
    }

    /// <summary><c>$root/Set(key)</c> or <c>$root/Singleton</c>.</summary>
    public sealed record Root(Position At, IEdmTypeReference? Type, IEdmNavigationSource Source, IReadOnlyList<KeyValue> Key) : Expression(At, Type);

    /// <summary>A structural property of <see cref="Source"/>.</summary>
    public sealed record Property(Position At, IEdmTypeReference? Type, Expression Source, IEdmStructuralProperty Definition) : Expression(At, Type);

    /// <summary>A navigation property of <see cref="Source"/>.</summary>
    public sealed record Navigation(Position At, IEdmTypeReference? Type, Expression Source, IEdmNavigationProperty Definition) : Expression(At, Type);

    /// <summary>A name that <c>$compute</c> or <c>$apply</c> introduced.</summary>
    public sealed record Computed(Position At, IEdmTypeReference? Type, Expression Source, string Name) : Expression(At, Type);

    /// <summary>A type-cast segment in a path.</summary>
    public sealed record TypeCast(Position At, IEdmTypeReference? Type, Expression Source) : Expression(At, Type);

    /// <summary><c>path/$filter(expr)</c>: the members of a collection that satisfy the predicate (4.01).</summary>
    public sealed record Filtered(Position At, IEdmTypeReference? Type, Expression Source, Expression Predicate) : Expression(At, Type);

    /// <summary><c>path/$count</c>, with <c>$filter</c> and <c>$search</c> when they are given.</summary>
    public sealed record Count(Position At, IEdmTypeReference? Type, Expression Source, Expression? Filter, SearchExpression? Search) : Expression(At, Type);

    /// <summary><c>any</c> or <c>all</c>; <c>any()</c> has neither variable nor predicate.</summary>
    public sealed record Lambda(Position At, IEdmTypeReference? Type, bool IsAll, Expression Source, string? VariableName, Expression? Predicate) : Expression(At, Type);

    public sealed record Unary(Position At, IEdmTypeReference? Type, FunctionRow Operator, Expression Operand) : Expression(At, Type);

    public sealed record Binary(Position At, IEdmTypeReference? Type, FunctionRow Operator, Expression Left, Expression Right) : Expression(At, Type);

    public sealed record In(Position At, IEdmTypeReference? Type, Expression Operand, Expression Values) : Expression(At, Type);

    /// <summary>A list of an <c>in</c>, or a JSON array. <see cref="Type"/> is the collection that an array meets, if any.</summary>
    public sealed record List(Position At, IEdmTypeReference? Type, IReadOnlyList<Expression> Items) : Expression(At, Type);

    /// <summary>A JSON object. Where it meets a complex value, <see cref="Type"/> is that one's, and there is a value for each of its properties.</summary>
    public sealed record Object(Position At, IEdmTypeReference? Type, IReadOnlyList<ObjectMember> Members) : Expression(At, Type)
    {
        /// <summary>The entity that it refers to (<c>@odata.id</c>), as an argument of a function can.</summary>
        public string? Id { get; init; }
    }

    public sealed record Call(Position At, IEdmTypeReference? Type, FunctionRow Function, IReadOnlyList<Expression> Arguments) : Expression(At, Type);

    /// <summary><c>cast(e,T)</c> to a primitive or enumeration type.</summary>
    public sealed record Convert(Position At, IEdmTypeReference? Type, Expression Operand) : Expression(At, Type);

    /// <summary><c>isof(e,T)</c>.</summary>
    public sealed record IsOf(Position At, IEdmTypeReference? Type, Expression Operand, IEdmTypeReference Tested) : Expression(At, Type);

    /// <summary><c>case(condition:value,...)</c>.</summary>
    public sealed record Case(Position At, IEdmTypeReference? Type, IReadOnlyList<(Expression Condition, Expression Value)> Branches) : Expression(At, Type);
}

/// <summary>A member of an <see cref="Expression.Object"/>.</summary>
public sealed record ObjectMember(string Name, Expression Value);

/// <summary>One member, or several of a flags enumeration, in declared order.</summary>
public sealed record EnumValue(IEdmEnumType Type, IReadOnlyList<string> Members);

/// <summary><c>$search</c> (URL Conventions, 5.1.7).</summary>
public abstract record SearchExpression(Position At)
{
    public sealed record Term(Position At, string Text, bool IsPhrase) : SearchExpression(At);
    public sealed record And(Position At, SearchExpression Left, SearchExpression Right) : SearchExpression(At);
    public sealed record Or(Position At, SearchExpression Left, SearchExpression Right) : SearchExpression(At);
    public sealed record Not(Position At, SearchExpression Operand) : SearchExpression(At);
}
