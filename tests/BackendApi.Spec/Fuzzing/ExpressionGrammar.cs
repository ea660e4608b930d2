using Microsoft.OData.Edm;
using Kind = Microsoft.OData.Edm.EdmPrimitiveTypeKind;
using static BackendApi.Spec.Fuzzing.Literals;

namespace BackendApi.Spec.Fuzzing;

/// <summary>Expressions over an entity type, of the type that is asked for, as deep as it is told. Blanks are encoded by whoever sends them.</summary>
internal sealed class ExpressionGrammar(IEdmModel model, Random random)
{
    private static readonly Kind[] Comparable =
        [Kind.String, Kind.String, Kind.Int32, Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Double, Kind.Boolean, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration, Kind.Guid];

    private int _variables;

    /// <param name="prefix">The path of the entity with its slash: <c>o/</c> in a lambda, nothing for the one that the option applies to.</param>
    public string Condition(IEdmStructuredType type, string prefix, int depth)
    {
        switch (random.Next(depth > 0 ? 16 : 4))
        {
            case 0:
                return $"{Of(Kind.String, type, prefix, depth)} {Comparison()} {Of(Kind.String, type, prefix, depth)}";
            case 1 or 4 or 5:
                var kind = Comparable[random.Next(Comparable.Length)];
                return $"{Of(kind, type, prefix, depth)} {Comparison()} {(random.Next(8) == 0 ? "null" : Of(kind, type, prefix, depth))}";
            case 2:
                var listed = Comparable[random.Next(Comparable.Length)];
                return $"{Path(listed, type, prefix)} in ({string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(9) == 0 ? "null" : Literals.Of(listed, random)))})";
            case 3:
                return Of(Kind.Boolean, type, prefix, 0);
            case 6 or 7 or 8:
                return $"{Condition(type, prefix, depth - 1)} {random.OneOf("and", "or", "AND")} {Condition(type, prefix, depth - 1)}";
            case 9:
                return $"not ({Condition(type, prefix, depth - 1)})";
            case 10:
                return $"({Condition(type, prefix, depth - 1)}) {random.OneOf("eq", "ne")} {random.OneOf("true", "false", "null")}";
            case 11:
                return $"{random.OneOf("contains", "startswith", "endswith", "matchesPattern")}({Of(Kind.String, type, prefix, depth - 1)},{Of(Kind.String, type, prefix, depth - 1)})";
            case 12 or 13:
                return Lambda(type, prefix, depth);
            case 14:
                return Navigation(type, collection: false) is { } single ? $"{prefix}{single.Name} {random.OneOf("eq", "ne")} null" : "true";
            default:
                return Rare(type, prefix, depth);
        }
    }

    private string Rare(IEdmStructuredType type, string prefix, int depth)
    {
        var structural = Structural(type);
        var enumeration = structural.FirstOrDefault(property => property.Type.IsEnum());
        var collection = structural.FirstOrDefault(property => property.Type.IsCollection());
        return random.Next(8) switch
        {
            6 when prefix.Length == 0 => $"$it/{Path(Kind.Int32, type, "")} {Comparison()} {Literals.Of(Kind.Int32, random)}",
            7 => $"{Of(Kind.Int32, type, prefix, 0)} {Comparison()} $root/{Singleton()}",
            0 when enumeration is not null => $"{prefix}{enumeration.Name} {random.OneOf("eq", "has", "ne")} {Member((IEdmEnumType)enumeration.Type.Definition)}",
            1 when collection is not null => $"{prefix}{collection.Name}/{random.OneOf("any", "all")}(t:t eq {Literals.Of(Kind.String, random)})",
            2 when collection is not null => $"{random.OneOf("hassubset", "hassubsequence")}({prefix}{collection.Name},[\"{Text(random).Replace("\\", "", StringComparison.Ordinal)}\"])",
            3 when collection is not null => $"{prefix}{collection.Name}/$count gt {random.Next(3)}",
            4 when prefix.Length == 0 && type is IEdmEntityType entity => $"isof({entity.FullName()})",
            _ => $"case({Condition(type, prefix, depth - 1)}:{Literals.Of(Kind.Int32, random)},true:{Literals.Of(Kind.Int32, random)}) gt {Of(Kind.Int32, type, prefix, 0)}",
        };
    }

    private string Singleton()
    {
        var singleton = model.EntityContainer.Singletons().FirstOrDefault();
        return singleton is null ? "Nothing" : $"{singleton.Name}/{Structural(singleton.EntityType())[0].Name}";
    }

    private string Lambda(IEdmStructuredType type, string prefix, int depth)
    {
        if (Navigation(type, collection: true) is not { } navigation)
            return Condition(type, prefix, 0);
        if (random.Next(6) == 0)
            return $"{prefix}{navigation.Name}/any()";
        var variable = $"v{++_variables}";
        return $"{prefix}{navigation.Name}/{random.OneOf("any", "all", "ANY")}({variable}:{Condition(navigation.ToEntityType(), variable + "/", depth - 1)})";
    }

    /// <summary>An expression of that type.</summary>
    public string Of(Kind kind, IEdmStructuredType type, string prefix, int depth)
    {
        if (depth <= 0 || random.Next(3) == 0)
            return random.Next(3) == 0 ? Literals.Of(kind, random) : Path(kind, type, prefix);
        string Next(Kind other) => Of(other, type, prefix, depth - 1);
        switch (kind)
        {
            case Kind.String:
                return random.Next(7) switch
                {
                    0 => $"{random.OneOf("tolower", "toupper", "trim")}({Next(kind)})",
                    1 => $"concat({Next(kind)},{Next(kind)})",
                    2 => $"substring({Next(kind)},{Next(Kind.Int32)})",
                    3 => $"substring({Next(kind)},{Next(Kind.Int32)},{Next(Kind.Int32)})",
                    4 => $"cast({Next(random.OneOf(Kind.Int32, Kind.Decimal, Kind.DateTimeOffset, Kind.Guid, Kind.Boolean))},Edm.String)",
                    5 => $"case({Condition(type, prefix, depth - 1)}:{Next(kind)},true:{Next(kind)})",
                    _ => Path(kind, type, prefix),
                };
            case Kind.Int32:
                return random.Next(7) switch
                {
                    0 => $"length({Next(Kind.String)})",
                    1 => $"indexof({Next(Kind.String)},{Next(Kind.String)})",
                    2 => $"{random.OneOf("year", "month", "day")}({Next(random.OneOf(Kind.Date, Kind.DateTimeOffset))})",
                    3 => $"{random.OneOf("hour", "minute", "second")}({Next(random.OneOf(Kind.TimeOfDay, Kind.DateTimeOffset))})",
                    4 => Navigation(type, collection: true) is { } counted ? $"{prefix}{counted.Name}/$count{CountFilter(counted, depth)}" : "1",
                    5 => $"cast({Next(Kind.String)},Edm.Int32)",
                    _ => Arithmetic(Next(kind), Next(kind)),
                };
            case Kind.Int64:
                return Arithmetic(Next(kind), Next(Kind.Int32));
            case Kind.Decimal:
                return random.Next(4) switch
                {
                    0 => $"{random.OneOf("round", "floor", "ceiling")}({Next(kind)})",
                    1 => $"totalseconds({Next(Kind.Duration)})",
                    2 => $"fractionalseconds({Next(Kind.DateTimeOffset)})",
                    _ => Arithmetic(Next(kind), Next(random.OneOf(Kind.Decimal, Kind.Int32))),
                };
            case Kind.Double:
                return random.Next(2) == 0 ? $"{random.OneOf("round", "floor", "ceiling")}({Next(kind)})" : Arithmetic(Next(kind), Next(random.OneOf(Kind.Double, Kind.Int32)));
            case Kind.Boolean:
                return $"({Condition(type, prefix, depth - 1)})";
            case Kind.Date:
                return random.Next(2) == 0 ? $"date({Next(Kind.DateTimeOffset)})" : $"({Next(kind)} {random.OneOf("add", "sub")} {Next(Kind.Duration)})";
            case Kind.TimeOfDay:
                return $"time({Next(Kind.DateTimeOffset)})";
            case Kind.DateTimeOffset:
                return random.Next(3) switch
                {
                    0 => random.OneOf("now()", "mindatetime()", "maxdatetime()"),
                    1 => $"({Next(kind)} {random.OneOf("add", "sub")} {Next(Kind.Duration)})",
                    _ => Path(kind, type, prefix),
                };
            case Kind.Duration:
                return random.Next(3) switch
                {
                    0 => $"({Next(Kind.DateTimeOffset)} sub {Next(Kind.DateTimeOffset)})",
                    1 => $"({Next(kind)} {random.OneOf("mul", "div")} {Next(Kind.Int32)})",
                    _ => $"-{Path(kind, type, prefix)}",
                };
            default:
                return Path(kind, type, prefix);
        }
    }

    /// <summary>A property of that type, perhaps behind a navigation, a complex property or a cast; a literal where there is none.</summary>
    public string Path(Kind kind, IEdmStructuredType type, string prefix)
    {
        for (var step = 0; step < 3; step++)
        {
            var here = Structural(type).Where(property => property.Type.IsPrimitive() && property.Type.PrimitiveKind() == kind).ToList();
            if (here.Count > 0 && (random.Next(3) > 0 || step == 2))
                return prefix + here[random.Next(here.Count)].Name;
            if (random.Next(6) == 0 && model.FindAllDerivedTypes(type).FirstOrDefault() is { } derived)
                (prefix, type) = ($"{prefix}{derived.FullTypeName()}/", derived);
            else if (random.Next(3) == 0 && Structural(type).FirstOrDefault(property => property.Type.IsComplex()) is { } complex)
                (prefix, type) = ($"{prefix}{complex.Name}/", (IEdmStructuredType)complex.Type.Definition);
            else if (Navigation(type, collection: false) is { } navigation)
                (prefix, type) = ($"{prefix}{navigation.Name}/", navigation.ToEntityType());
            else if (here.Count > 0)
                return prefix + here[random.Next(here.Count)].Name;
        }
        return Literals.Of(kind, random);
    }

    public IEdmNavigationProperty? Navigation(IEdmStructuredType type, bool collection)
    {
        var found = type.NavigationProperties().Where(property => property.Type.IsCollection() == collection).ToList();
        return found.Count == 0 ? null : found[random.Next(found.Count)];
    }

    public static List<IEdmStructuralProperty> Structural(IEdmStructuredType type) => [.. type.StructuralProperties()];

    private string CountFilter(IEdmNavigationProperty navigation, int depth) =>
        random.Next(3) > 0 ? "" : $"($filter={Condition(navigation.ToEntityType(), "", depth - 1)})";

    private string Arithmetic(string left, string right) => $"({left} {random.OneOf("add", "sub", "mul", "div", "mod", "divby")} {right})";

    private string Comparison() => random.OneOf("eq", "ne", "gt", "ge", "lt", "le", "EQ");

    private string Member(IEdmEnumType type)
    {
        var member = type.Members.ElementAt(random.Next(type.Members.Count())).Name;
        return random.Next(2) == 0 ? $"'{member}'" : $"{type.FullName()}'{member}'";
    }
}
