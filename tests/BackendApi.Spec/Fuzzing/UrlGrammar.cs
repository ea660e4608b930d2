using Microsoft.OData.Edm;
using Kind = Microsoft.OData.Edm.EdmPrimitiveTypeKind;
using static BackendApi.Spec.Fuzzing.Literals;

namespace BackendApi.Spec.Fuzzing;

/// <summary>Whole URLs below the service root, made from the grammar and the model that the service shows. What one <see cref="Random"/> makes is one URL.</summary>
internal sealed class UrlGrammar(IEdmModel model, Random random)
{
    private readonly ExpressionGrammar _expressions = new(model, random);
    private readonly List<string> _aliases = [];

    public string Next()
    {
        var (path, type, isCollection) = Resource();
        var options = type is null ? PlainOptions() : Options(type, isCollection, nested: false, depth: 3);
        if (path.Contains("@f", StringComparison.Ordinal))
            options.Add($"@f={_expressions.Condition(type!, "", 2)}");
        options.AddRange(_aliases);
        return options.Count == 0 ? path : $"{path}?{string.Join('&', options)}";
    }

    /// <returns>The path, and what the options apply to; null when they do not.</returns>
    private (string Path, IEdmEntityType? Type, bool IsCollection) Resource()
    {
        var set = Any(model.EntityContainer.EntitySets().ToList());
        var type = set.EntityType();
        var derived = model.FindAllDerivedTypes(type).OfType<IEdmEntityType>().FirstOrDefault();
        var single = _expressions.Navigation(type, collection: false);
        var many = _expressions.Navigation(type, collection: true);
        var property = Any(ExpressionGrammar.Structural(type));
        var singleton = model.EntityContainer.Singletons().FirstOrDefault();
        return random.Next(30) switch
        {
            < 12 => (set.Name, type, true),
            < 15 => ($"{set.Name}{Key(type)}", type, false),
            15 => ($"{set.Name}{Key(type)}/{property.Name}", null, false),
            16 => ($"{set.Name}{Key(type)}/{property.Name}/$value", null, false),
            17 => ($"{set.Name}/$count", type, true),
            18 when many is not null => ($"{set.Name}{Key(type)}/{many.Name}", many.ToEntityType(), true),
            19 when many is not null => ($"{set.Name}{Key(type)}/{many.Name}/{random.OneOf("$count", "$ref")}", many.ToEntityType(), true),
            20 when single is not null => ($"{set.Name}{Key(type)}/{single.Name}", single.ToEntityType(), false),
            21 when many is not null => ($"{set.Name}{Key(type)}/{many.Name}{Key(many.ToEntityType())}", many.ToEntityType(), false),
            22 when derived is not null => ($"{set.Name}/{derived.FullName()}", derived, true),
            23 when derived is not null => ($"{set.Name}{Key(type)}/{derived.FullName()}", derived, false),
            24 => ($"{set.Name}/$filter(@f)", type, true),
            25 when singleton is not null => (singleton.Name, singleton.EntityType(), false),
            26 => ($"$crossjoin({set.Name},{Any(model.EntityContainer.EntitySets().ToList()).Name})", null, true),
            27 => Bare(set, type),
            28 => ($"{set.Name}/{Literals.Of(Kind.Int32, random)}", type, false),
            _ => (set.Name, type, true),
        };
    }

    private (string Path, IEdmEntityType? Type, bool IsCollection) Bare(IEdmEntitySet set, IEdmEntityType type) => random.Next(10) switch
    {
        6 => ($"$entity/{type.FullName()}?$id={set.Name}{Key(type)}", null, false),
        7 when ExpressionGrammar.Structural(type).FirstOrDefault(property => property.Type.IsComplex()) is { } complex =>
            ($"{set.Name}{Key(type)}/{complex.Name}{random.OneOf("", "/" + Any(ExpressionGrammar.Structural((IEdmStructuredType)complex.Type.Definition)).Name)}", null, false),
        8 when model.FindAllDerivedTypes(type).OfType<IEdmEntityType>().FirstOrDefault() is { } derived =>
            ($"{set.Name}/{derived.FullName()}{Key(type)}/{Any(ExpressionGrammar.Structural(derived)).Name}", null, false),
        0 => ("", null, false),
        1 => ("$all", null, true),
        2 => ($"$entity?$id={set.Name}{Key(type)}", null, false),
        3 => ($"{set.Name}/$ref", type, true),
        4 => ($"{set.Name}{Key(type)}/$ref", null, false),
        5 => ($"{set.Name}/$filter(@f)/$each", type, true),
        _ => ($"{set.Name}{Key(type)}/$value", null, false),
    };

    private string Key(IEdmEntityType type)
    {
        var keys = type.Key().ToList();
        var values = keys.ConvertAll(key => random.Next(3) > 0 && key.Type.PrimitiveKind() is Kind.Int32 or Kind.Int64 ? random.Next(1, 110).ToString(System.Globalization.CultureInfo.InvariantCulture) : Literals.Of(key.Type.PrimitiveKind(), random));
        if (random.Next(12) == 0 && keys.Count == 1)
        {
            _aliases.Add($"@k={values[0]}");
            return "(@k)";
        }
        return keys.Count == 1 && random.Next(4) > 0 ? $"({values[0]})" : $"({string.Join(',', keys.Select((key, i) => $"{key.Name}={values[i]}"))})";
    }

    private List<string> PlainOptions() => random.Next(6) switch
    {
        0 => ["$format=json"],
        1 => [$"custom={Text(random)}"],
        2 => [$"$filter={random.OneOf("true", "1 eq 1")}"],
        3 => ["$top=1"],
        _ => [],
    };

    private List<string> Options(IEdmEntityType type, bool isCollection, bool nested, int depth)
    {
        var options = new List<string>();
        var computed = new List<string>();
        void Sometimes(int oneIn, Func<string> option)
        {
            if (random.Next(oneIn) == 0)
                options.Add(option());
        }
        if (isCollection && random.Next(12) == 0)
            return Applied(type, depth);
        Sometimes(12, () => $"$compute={Compute(type, computed, depth)}");
        if (isCollection)
        {
            Sometimes(2, () => $"{Name("filter")}={Condition(type, computed, depth)}");
            Sometimes(3, () => $"{Name("orderby")}={OrderBy(type, computed, depth)}");
            Sometimes(4, () => $"$top={random.Next(5)}");
            Sometimes(6, () => $"$skip={(random.Next(4) == 0 ? "8675" : random.OneOf("0", "1", "2"))}");
            Sometimes(5, () => $"{Name("count")}={random.OneOf("true", "false")}");
            Sometimes(14, () => $"$search={Search(depth)}");
        }
        Sometimes(3, () => $"{Name("select")}={Select(type, computed, depth)}");
        if (depth > 0)
            Sometimes(3, () => $"{Name("expand")}={Expand(type, depth)}");
        if (!nested)
        {
            Sometimes(30, () => $"$format={random.OneOf("json", "application/json;odata.metadata=full", "application/json;odata.metadata=none", "xml")}");
            Sometimes(60, () => $"$skiptoken={Text(random)}");
            Sometimes(80, () => $"{random.OneOf("$deltatoken", "$schemaversion", "$index", "$levels", "$id")}={random.Next(3)}");
            Sometimes(40, () => $"x{random.Next(9)}={Text(random)}");
        }
        return options;
    }

    private string Condition(IEdmEntityType type, List<string> computed, int depth)
    {
        if (computed.Count > 0 && random.Next(2) == 0)
            return $"{Any(computed)} ne null";
        if (random.Next(15) == 0)
        {
            var alias = $"@a{_aliases.Count}";
            _aliases.Add($"{alias}={Literals.Of(Kind.Int32, random)}");
            return $"{_expressions.Of(Kind.Int32, type, "", 1)} le {alias}";
        }
        return _expressions.Condition(type, "", depth);
    }

    private string OrderBy(IEdmEntityType type, List<string> computed, int depth) => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        (computed.Count > 0 && random.Next(2) == 0
            ? Any(computed)
            : _expressions.Of(random.OneOf(Kind.String, Kind.Int32, Kind.Decimal, Kind.DateTimeOffset, Kind.Double, Kind.Boolean), type, "", random.Next(2) * depth / 2))
        + random.OneOf("", " asc", " desc")));

    private string Select(IEdmEntityType type, List<string> computed, int depth)
    {
        if (random.Next(6) == 0)
            return "*";
        var properties = ExpressionGrammar.Structural(type);
        var items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Selected(Any(properties), depth)).Concat(computed);
        return string.Join(',', items.Distinct());
    }

    private string Selected(IEdmStructuralProperty property, int depth)
    {
        var item = property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type;
        if (item.Definition is IEdmComplexType complex && random.Next(2) == 0)
        {
            var inner = Any(ExpressionGrammar.Structural(complex));
            return random.Next(2) == 0 ? $"{property.Name}/{inner.Name}" : $"{property.Name}($select={inner.Name})";
        }
        if (property.Type.IsCollection() && random.Next(2) == 0)
            return $"{property.Name}({random.OneOf("$top=1", "$skip=1", "$count=true", "$orderby=$it desc", $"$filter=startswith($it,{Literals.Of(Kind.String, random)})", $"$filter=$this eq {Literals.Of(Kind.String, random)}")})";
        return depth == 0 ? property.Name : random.OneOf(property.Name, property.Name);
    }

    private string Expand(IEdmEntityType type, int depth)
    {
        var navigations = type.NavigationProperties().ToList();
        if (navigations.Count == 0 || random.Next(10) == 0)
            return random.OneOf("*", "*/$ref", "*($levels=1)");
        return string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Any(navigations)).Distinct().Select(navigation => Expanded(navigation, depth)));
    }

    private string Expanded(IEdmNavigationProperty navigation, int depth)
    {
        var target = navigation.ToEntityType();
        var form = random.Next(10) switch
        {
            0 => "/$ref",
            1 when navigation.Type.IsCollection() => "/$count",
            2 when model.FindAllDerivedTypes(target).OfType<IEdmEntityType>().FirstOrDefault() is { } derived => "/" + derived.FullName(),
            _ => "",
        };
        if (form.StartsWith("/$", StringComparison.Ordinal))
            return navigation.Name + form;
        var options = navigation.Type.IsCollection() && depth > 0 && random.Next(5) == 0 ? Applied(target, depth - 1) : Options(target, navigation.Type.IsCollection(), nested: true, depth - 1);
        if (random.Next(12) == 0)
            options.Add($"$levels={random.OneOf("1", "2", "max")}");
        return options.Count == 0 ? navigation.Name + form : $"{navigation.Name}{form}({string.Join(';', options)})";
    }

    private string Compute(IEdmEntityType type, List<string> names, int depth)
    {
        var items = Enumerable.Range(0, random.Next(1, 3)).Select(i =>
            (Name: $"Computed{i}", Value: _expressions.Of(random.OneOf(Kind.String, Kind.Int32, Kind.Decimal, Kind.Boolean, Kind.DateTimeOffset), type, "", depth))).ToList();
        names.AddRange(items.Select(item => item.Name));
        return string.Join(',', items.Select(item => $"{item.Value} as {item.Name}"));
    }

    /// <summary><c>$apply</c> and options about what it makes, which may or may not be entities still.</summary>
    private List<string> Applied(IEdmEntityType type, int depth)
    {
        var options = new List<string> { $"$apply={Transformations(type, depth)}" };
        if (random.Next(3) == 0)
            options[0] += "/" + random.OneOf(
                "filter(Total gt 1)", "orderby(Total desc)", "top(2)", "skip(1)/top(3)", "topcount(2,Total)", "toppercent(50,Total)", "bottomsum(10,Total)",
                "compute(Total mul 2 as Twice)", "aggregate(Total with max as Most,$count as Rows)", "groupby((Total))", "concat(top(1),aggregate($count as Rows))");
        if (random.Next(3) == 0)
            options.Add($"$filter={random.OneOf("Total gt 1", "Total ne null", _expressions.Condition(type, "", depth))}");
        if (random.Next(3) == 0)
            options.Add($"$orderby={random.OneOf("Total desc", OrderBy(type, [], depth))}");
        if (random.Next(4) == 0)
            options.Add(random.OneOf("$top=2", "$skip=1", "$count=true", "$select=Total", "$compute=Total add 1 as More", "$expand=*", "$search=lamp"));
        return options;
    }

    private string Transformations(IEdmEntityType type, int depth) => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Transformation(type, depth)));

    private string Transformation(IEdmEntityType type, int depth) => random.Next(20) switch
    {
        0 or 1 => $"filter({_expressions.Condition(type, "", depth - 1)})",
        2 or 3 => $"groupby(({Grouped(type)}))",
        4 or 5 or 6 => $"groupby(({Grouped(type)}),{Aggregate(type)})",
        7 => $"groupby((rollup({random.OneOf("$all,", "")}{Grouped(type)})),{Aggregate(type)})",
        8 => Aggregate(type),
        9 => $"compute({_expressions.Of(Kind.Int32, type, "", 2)} as Made)/filter(Made ne null)",
        10 when random.Next(3) == 0 => $"groupby(({Grouped(type)}),{random.OneOf("topcount", "bottomcount", "topsum")}({random.Next(1, 3)},{_expressions.Path(random.OneOf(Kind.Int32, Kind.Decimal), type, "")}))",
        10 => $"{random.OneOf("topcount", "bottomcount", "topsum", "bottomsum", "toppercent", "bottompercent")}({Literals.Of(Kind.Int32, random)},{_expressions.Path(random.OneOf(Kind.Int32, Kind.Decimal), type, "")})",
        11 => $"orderby({_expressions.Path(random.OneOf(Kind.String, Kind.Int32), type, "")}{random.OneOf("", " desc")})",
        12 => random.OneOf("top(2)", "skip(1)", "identity"),
        13 => $"concat({Aggregate(type)},{random.OneOf("identity", $"groupby(({Grouped(type)}),{Aggregate(type)})")})",
        14 => $"search({Search(0)})",
        15 when _expressions.Navigation(type, collection: true) is { } many =>
            $"{random.OneOf("join", "outerjoin", "join")}({many.Name} as Other{random.OneOf("", $",filter({_expressions.Condition(many.ToEntityType(), "", 1)})")})/{random.OneOf("identity", $"filter({_expressions.Condition(many.ToEntityType(), "Other/", 1)})", "topcount(2,Total)", $"groupby(({_expressions.Path(Kind.Int32, many.ToEntityType(), "Other/")}),aggregate($count as Total,Other/$count as Own))")}",
        16 or 17 when depth > 0 => $"groupby(({Grouped(type)}),{Transformations(type, depth - 1)})",
        18 when depth > 0 && _expressions.Navigation(type, collection: true) is { } many =>
            $"{random.OneOf("join", "outerjoin")}({many.Name} as Other,{Transformations(many.ToEntityType(), depth - 1)})/{random.OneOf("identity", "top(2)", "aggregate(Other/$count as Total)", "filter(Other/Total gt 1)", "groupby((Other))")}",
        19 => $"aggregate({_expressions.Path(random.OneOf(Kind.Int32, Kind.Decimal), type, "")} with {random.OneOf("sum", "max")} from {Grouped(type)} with {random.OneOf("average", "countdistinct")} as Total,$count as Own)",
        _ => random.OneOf("aggregate($count as Total)", "expand(Nothing)"),
    };

    private string Grouped(IEdmEntityType type) =>
        random.Next(4) == 0 && _expressions.Navigation(type, collection: false) is { } single ? random.OneOf(single.Name, $"{single.Name},{_expressions.Path(Kind.Int32, type, "")}") :
        string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => _expressions.Path(random.OneOf(Kind.String, Kind.Int32, Kind.Boolean, Kind.Date), type, "")).Distinct());

    private string Aggregate(IEdmEntityType type) => random.Next(7) switch
    {
        0 => "aggregate($count as Total)",
        1 when type.NavigationProperties().ToList() is { Count: > 0 } navigations && Any(navigations) is var navigation =>
            $"aggregate({navigation.Name}/{random.OneOf("$count", Any(ExpressionGrammar.Structural(navigation.ToEntityType())).Name + random.OneOf(" with countdistinct", " with max", " with sum"))} as Total,$count as Own)",
        2 when _expressions.Navigation(type, collection: true) is { } many =>
            $"aggregate({many.Name}/{random.OneOf("$count", $"{_expressions.Path(Kind.Int32, many.ToEntityType(), "")} with sum", $"{_expressions.Path(Kind.Decimal, many.ToEntityType(), "")} with max")} as Total)",
        3 => $"aggregate({_expressions.Of(Kind.Decimal, type, "", 1)} with average as Mean,{_expressions.Path(Kind.String, type, "")} with countdistinct as Total)",
        _ => $"aggregate({_expressions.Path(random.OneOf(Kind.Int32, Kind.Decimal, Kind.DateTimeOffset), type, "")} with {random.OneOf("sum", "min", "max", "average", "countdistinct")} as Total)",
    };

    private string Search(int depth) => random.Next(depth > 0 ? 6 : 2) switch
    {
        0 => random.OneOf("lamp", "ada", "zqxword"),
        1 => "\"dark red\"",
        2 => $"{Search(depth - 1)} AND {Search(depth - 1)}",
        3 => $"{Search(depth - 1)} OR {Search(depth - 1)}",
        4 => $"NOT {Search(0)}",
        _ => $"({Search(depth - 1)}) {Search(0)}",
    };

    private string Name(string option) => random.OneOf("$" + option, "$" + option, "$" + option, option, "$" + option.ToUpperInvariant());

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
