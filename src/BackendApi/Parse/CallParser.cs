using BackendApi.Model;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Parse;

/// <summary>Canonical functions (URL Conventions, 5.1.1.5 to 5.1.1.13), bound to a signature of the function table.</summary>
internal static class CallParser
{
    private const int MostArguments = 4;

    public static Expression Parse(ref Cursor at, Scope scope, ReadOnlySpan<char> name)
    {
        var start = at.Position;
        if (Functions.Find(name) is not { Form: FunctionForm.Function } row)
            return FunctionCalls.TryParse(ref at, scope, source: null, name) ?? throw Unknown(at, scope, name);
        if (name.StartsWith("geo.", StringComparison.OrdinalIgnoreCase))
            throw at.Error(Errors.NotImplemented, $"The function {row.Name} is not supported", start);

        scope.State.Enter(at);
        at.Position += name.Length + 1;
        at.SkipBlanks();
        Expression call =
            ReferenceEquals(row, Functions.Cast) || ReferenceEquals(row, Functions.IsOf) ? TypeFunction(ref at, scope, row, start)
            : ReferenceEquals(row, Functions.Case) ? Case(ref at, scope, start)
            : Call(ref at, scope, row, start);
        scope.State.Leave();
        return call;
    }

    /// <summary>The type of what a signature yields; null when it is that of the operands.</summary>
    public static IEdmTypeReference? TypeOf(Signature signature) => signature.Result is { } kind ? PrimitiveTypes.Of(kind) : null;

    public static Signature Match(in Cursor at, int position, FunctionRow row, ref Expression operand)
    {
        Span<Expression> operands = [operand];
        var signature = Match(at, position, row, operands);
        operand = operands[0];
        return signature;
    }

    public static Signature Match(in Cursor at, int position, FunctionRow row, ref Expression left, ref Expression right)
    {
        Span<Expression> operands = [left, right];
        var signature = Match(at, position, row, operands);
        (left, right) = (operands[0], operands[1]);
        return signature;
    }

    /// <summary>The signature that fits; literals among the operands take its types.</summary>
    private static Signature Match(in Cursor at, int position, FunctionRow row, Span<Expression> operands)
    {
        Span<ValueKind?> kinds = stackalloc ValueKind?[operands.Length];
        var isPrimitive = true;
        for (var i = 0; i < operands.Length; i++)
        {
            kinds[i] = operands[i].Type.Kind();
            isPrimitive &= kinds[i] is not null || operands[i].Type is null && operands[i] is not (Expression.List or Expression.Object);
        }
        if (isPrimitive || !row.IsSupported)
        {
            if (Functions.Match(row, kinds) is { } signature)
            {
                for (var i = 0; i < operands.Length; i++)
                    if (signature.Operands[i] is { } kind && kind != ValueKind.Enum)
                        operands[i] = Operands.Coerce(operands[i], kind);
                return signature;
            }
            // 4.01: a text literal can stand for a value of another type.
            foreach (var candidate in row.Signatures)
                if (TryAdapt(candidate, operands))
                    return candidate;
        }
        throw Mismatch(at, position, row, operands);
    }

    private static bool TryAdapt(Signature signature, Span<Expression> operands)
    {
        if (signature.Operands.Count != operands.Length)
            return false;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < operands.Length; i++)
            {
                if (signature.Operands[i] is not { } kind || operands[i].Type.Kind() is not { } from)
                    continue;
                var adapted = Operands.Adapt(operands[i], kind);
                if (!Functions.Widens(adapted.Type.Kind() ?? from, kind))
                    return false;
                if (pass == 1)
                    operands[i] = adapted;
            }
        }
        return true;
    }

    private static ServiceException Mismatch(in Cursor at, int position, FunctionRow row, ReadOnlySpan<Expression> operands)
    {
        var isFunction = row.Form == FunctionForm.Function;
        if (isFunction)
        {
            var fits = false;
            foreach (var signature in row.Signatures)
                fits |= signature.Operands.Count == operands.Length;
            if (!fits)
                return at.Error(Errors.TypeMismatch,
                    $"The function {row.Name} takes {string.Join(" or ", row.Signatures.Select(signature => signature.Operands.Count).Distinct())} arguments, not {operands.Length},", position);
        }
        var names = new List<string>();
        foreach (var operand in operands)
        {
            // 4.01 has them for ordered collections too.
            if (isFunction && PrimitiveTypes.ItemOf(operand.Type) is not null)
                return at.Error(Errors.NotImplemented, $"The function {row.Name} over collections is not supported", position);
            names.Add(PrimitiveTypes.NameOf(operand.Type));
        }
        return at.Error(Errors.TypeMismatch, $"The {(isFunction ? "function" : "operator")} {row.Name} does not take {string.Join(" and ", names)}", position);
    }

    private static Expression.Call Call(ref Cursor at, Scope scope, FunctionRow row, int start)
    {
        var arguments = new List<Expression>(2);
        while (!at.TryTake(')'))
        {
            if (arguments.Count > 0)
            {
                if (!at.TryTake(','))
                    throw ExpressionParser.Unexpected(at, "',' or ')'");
                at.SkipBlanks();
            }
            arguments.Add(ExpressionParser.Parse(ref at, scope));
            at.SkipBlanks();
            ParseState.CheckCount(arguments.Count, MostArguments, at, "arguments of a function");
        }
        var bound = arguments.ToArray();
        if (ReferenceEquals(row, Functions.HasSubset) || ReferenceEquals(row, Functions.HasSubsequence))
            return new(at.From(start), PrimitiveTypes.Boolean, row, Collections(at, start, row, bound));
        var signature = Match(at, start, row, bound);
        return new(at.From(start), TypeOf(signature), row, bound);
    }

    /// <summary>Two collections whose items compare; the items of a literal take the type of the others.</summary>
    private static Expression[] Collections(in Cursor at, int position, FunctionRow row, Expression[] arguments)
    {
        if (arguments.Length != 2)
            throw Mismatch(at, position, row, arguments);
        foreach (var argument in arguments)
            if (PrimitiveTypes.ItemOf(argument.Type) is null && argument is not (Expression.List or Expression.Literal { Value: null }))
                throw at.Error(Errors.TypeMismatch, $"The function {row.Name} takes collections, not {PrimitiveTypes.NameOf(argument.Type)},", position);
        var (left, right) = Operands.Comparable(at, position, row, arguments[0], arguments[1]);
        return [left, right];
    }

    /// <summary><c>cast(T)</c>, <c>cast(e,T)</c>, <c>isof(T)</c>, <c>isof(e,T)</c>; the type's name can stand in apostrophes as before 4.0.</summary>
    private static Expression TypeFunction(ref Cursor at, Scope scope, FunctionRow row, int start)
    {
        Expression operand = scope.Implicit;
        if (!TryTypeName(ref at, scope, out var type))
        {
            operand = ExpressionParser.Parse(ref at, scope);
            at.SkipBlanks();
            at.Take(',');
            at.SkipBlanks();
            if (!TryTypeName(ref at, scope, out type))
                throw at.Error(Errors.MalformedUrl, "Expected the qualified name of a type", at.Position);
        }
        at.SkipBlanks();
        at.Take(')');
        var span = at.From(start);
        if (ReferenceEquals(row, Functions.IsOf))
            return new Expression.IsOf(span, PrimitiveTypes.Boolean, operand, type);
        if (type.Definition is IEdmStructuredType)
            return new Expression.TypeCast(span, type, operand);
        if (operand is Expression.Literal { Value: null })
            return new Expression.Literal(span, null, null);
        // A literal is converted here, so that the database sees a value of the type; text that holds none becomes null.
        if (operand is Expression.Literal { Value: string text } && type.Kind() is { } kind and not ValueKind.Enum)
            return new Expression.Literal(span, type, TextLiterals.Read(text, kind, out var value) == Fault.None ? value : null);
        var adapted = Operands.Adapt(operand, type);
        return adapted.Type.Kind() == type.Kind() && adapted is Expression.Literal literal && type.Kind() is not null
            ? literal with { At = span }
            : new Expression.Convert(span, type, operand);
    }

    /// <summary>A qualified name that is followed by the closing parenthesis and names a type of the model.</summary>
    private static bool TryTypeName(ref Cursor at, Scope scope, out IEdmTypeReference type)
    {
        type = null!;
        var quote = at.Current == '\'' ? 1 : 0;
        var begin = at;
        begin.Position += quote;
        var name = begin.PeekQualifiedName();
        if (name is "Collection" && begin.Ahead(name.Length) == '(')
            throw at.Error(Errors.NotImplemented, "Collection types are not supported in cast and isof", begin.Position);
        var behind = name.Length + quote;
        if (!name.Contains('.') || quote == 1 && begin.Ahead(name.Length) != '\'')
            return false;
        var next = behind;
        while (begin.Ahead(next) is ' ' or '\t')
            next++;
        if (begin.Ahead(next) != ')')
            return false;
        type = Names.FindType(scope.State.Model, name) switch
        {
            IEdmPrimitiveType primitive => EdmCoreModel.Instance.GetPrimitive(primitive.PrimitiveKind, isNullable: true),
            IEdmEnumType enumeration => new EdmEnumTypeReference(enumeration, isNullable: true),
            IEdmStructuredType structured and (IEdmEntityType or IEdmComplexType) => MemberParser.Structured(structured),
            null => throw begin.Error(Errors.TypeMismatch, $"The model has no type '{name}'", begin.Position,
                Suggestions.For(name, scope.State.Model.SchemaElements.OfType<IEdmSchemaType>().Select(element => element.FullName()).Concat(PrimitiveNames))),
            _ => throw begin.Error(Errors.NotImplemented, $"The type '{name}' is not supported", begin.Position),
        };
        at.Position = begin.Position + behind;
        return true;
    }

    private static IEnumerable<string> PrimitiveNames => Enum.GetValues<ValueKind>().Select(kind => PrimitiveTypes.NameOf(PrimitiveTypes.Of(kind))).Distinct();

    /// <summary><c>case(condition:value,...)</c>; the values are of one type.</summary>
    private static Expression.Case Case(ref Cursor at, Scope scope, int start)
    {
        var branches = new List<(Expression Condition, Expression Value)>();
        IEdmTypeReference? type = null;
        do
        {
            // A time of day has colons too: it must leave one to end the condition.
            var inner = at;
            inner.End = LastColon(at);
            var condition = ExpressionParser.ParseCondition(ref inner, scope, "case");
            at.Position = inner.Position;
            at.Take(':');
            at.SkipBlanks();
            var position = at.Position;
            var value = ExpressionParser.Parse(ref at, scope);
            at.SkipBlanks();
            if (branches.Count > 0)
                (_, value) = Operands.Comparable(at, position, Functions.Case, branches[0].Value, value);
            type = Wider(type, value.Type);
            branches.Add((condition, value));
            ParseState.CheckCount(branches.Count, scope.State.Limits.ListItems, at, "branches of a case");
        }
        while (at.TryTake(','));
        if (!at.TryTake(')'))
            throw ExpressionParser.Unexpected(at, "',' or ')'");
        for (var i = 0; i < branches.Count; i++)
            branches[i] = (branches[i].Condition, Operands.Adapt(branches[i].Value, type));
        return new(at.From(start), type, branches);
    }

    /// <summary>Where the last colon of a branch stands that is neither in quotes nor in parentheses; the cursor's end when there is none.</summary>
    private static int LastColon(in Cursor at)
    {
        var last = at.End;
        var depth = 0;
        for (var i = at.Position; i < at.End; i++)
        {
            switch (at.Text[i])
            {
                case '\'' or '"':
                    // Two apostrophes that stand for one are two texts to this; a quotation mark behind a backslash ends none.
                    var quote = at.Text[i++];
                    while (i < at.End && at.Text[i] != quote)
                        i += quote == '"' && at.Text[i] == '\\' ? 2 : 1;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}' when depth-- == 0:
                case ',' when depth == 0:
                    return last;
                case ':' when depth == 0:
                    last = i;
                    break;
            }
        }
        return last;
    }

    private static IEdmTypeReference? Wider(IEdmTypeReference? one, IEdmTypeReference? other) =>
        one.Kind() is { } from && other.Kind() is { } to ? Functions.Widens(from, to) ? other : one : one ?? other;

    private static ServiceException Unknown(in Cursor at, Scope scope, ReadOnlySpan<char> name)
    {
        if (scope.Item.Definition is IEdmStructuredType type && Names.FindProperty(type, name) is not null)
            return at.Error(Errors.NotImplemented, "Key predicates in expressions are not supported", at.Position + name.Length);
        if (Functions.Find(name) is { Form: FunctionForm.Lambda } lambda)
            return at.Error(Errors.MalformedUrl, $"{lambda.Name} stands behind the path of a collection, as in Items/{lambda.Name}(x:x/Price gt 5),", at.Position);
        return at.Error(Errors.UnknownFunction, $"There is no function '{name}'", at.Position,
            Suggestions.For(name, Functions.Rows.Where(row => row.Form == FunctionForm.Function).Select(row => row.Name)));
    }
}
