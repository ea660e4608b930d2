using System.Globalization;

namespace BackendApi.Tests.Parse.SecondOpinion;

/// <summary>A grammar of what both parsers know. Parentheses are left out wherever the operators' precedence should do.</summary>
internal sealed class UrlsOfBoth(Random random)
{
    private readonly List<string> _computed = [];

    public string Next()
    {
        var (path, options) = Parts();
        return Whole(path, options);
    }

    /// <summary>With one mistake, perhaps: something is lost from a value, or gets into it.</summary>
    public string NextDamaged()
    {
        var (path, options) = Parts();
        if (options.Count == 0)
            return Damaged(path, 0);
        var one = random.Next(options.Count);
        options[one] = Damaged(options[one], options[one].IndexOf('=', StringComparison.Ordinal) + 1);
        return Whole(path, options);
    }

    private string Damaged(string text, int start)
    {
        var at = random.Next(start, text.Length);
        return OneOf(true, false)
            ? text.Remove(at, random.Next(1, Math.Min(4, text.Length - at + 1)))
            : text.Insert(at, OneOf("'", "(", ")", ",", " ", "/", "x", "5", ".", " and ", " eq ", "not ", "$it", "-", ":", "1.5", "null", "()"));
    }

    private static string Whole(string path, List<string> options) => options.Count == 0 ? path : $"{path}?{string.Join('&', options.Select(Encoded))}";

    private (string Path, List<string> Options) Parts()
    {
        _computed.Clear();
        return random.Next(20) switch
        {
            < 8 => ("Customers", OfCustomers(2)),
            < 10 => ("Customers", Applied()),
            10 => ("Orders", OfOrders(2)),
            11 => ($"Customers{Key()}", OneOf(true, false) ? [Select(), Expand(2)] : [Expand(2)]),
            12 => ($"Customers{Key()}/Orders", OfOrders(2)),
            13 => ($"Customers{Key()}/{OneOf("Name", "Name/$value", "Address", "Address/City", "Tags", "Manager", "Manager/Manager/Country", "Orders/$ref", "Orders/$count", "Manager/$ref", "Balance/$value", "Demo.Vip", "Demo.Vip/Perk", "Demo.Vip/Guests")}", []),
            14 => ($"Customers{Key()}/Orders({Whole()})/{OneOf("Items", "Customer/Name", "Total", $"Items(OrderId={Whole()},Line={random.Next(9)})/Product", "Items/$count")}", []),
            15 => (OneOf("Owner", "Owner/Name", "Owner/Orders", "Owner/Address/Zip", "Owner/Manager/Orders/$count"), []),
            16 => ($"Customers/{OneOf("Demo.Vip", "$count", $"{Whole()}", $"{Whole()}/Orders/{Whole()}", "Demo.Vip/$count", "$ref")}", []),
            17 => ($"Items(OrderId={Whole()},Line={random.Next(9)})/{OneOf("Quantity", "Product", "Product/$value")}", []),
            18 => ($"Countries({OneOf("'DE'", "'it''s'", "Code='a b'", "'a%2Fb'")})", []),
            _ => ("Customers", [$"$filter={Condition(3, "")}"]),
        };
    }

    private List<string> OfCustomers(int depth)
    {
        var options = new List<string>();
        if (random.Next(8) == 0)
            options.Add($"$compute={Compute()}");
        if (random.Next(2) == 0)
            options.Add($"{OneOf("$filter", "$filter", "filter", "$FILTER")}={Condition(depth, "")}");
        if (random.Next(3) == 0)
            options.Add($"$orderby={OrderBy()}");
        if (random.Next(3) == 0)
            options.Add(Select());
        if (random.Next(3) == 0)
            options.Add(Expand(depth));
        if (random.Next(8) == 0)
            options.Add($"$search={Search(2)}");
        Page(options);
        return options;
    }

    private List<string> OfOrders(int depth)
    {
        var options = new List<string>();
        if (random.Next(2) == 0)
            options.Add($"$filter=Total gt {Decimal()} {OneOf("and", "or")} {Condition(depth - 1, "Customer/")}");
        if (random.Next(2) == 0)
            options.Add($"$orderby={OneOf("Total desc", "Placed,Id desc", "Customer/Name", "Items/$count desc")}");
        if (random.Next(3) == 0)
            options.Add($"$select={OneOf("Id", "Total,Status", "*", "Id,Placed")}");
        if (random.Next(3) == 0)
            options.Add($"$expand={OneOf("Items", "Customer", "Customer($expand=Manager)", "Items($filter=Quantity gt 1;$top=2)", "Items($orderby=Line desc),Customer($select=Name)")}");
        Page(options);
        return options;
    }

    private List<string> Applied()
    {
        var made = OneOf("Total", "Most");
        var aggregate = $"aggregate({OneOf("Balance", "Id", "Rating", "Id mul 2", "length(Name)")} with {OneOf("sum", "max", "min", "average", "countdistinct")} as {made}{OneOf("", ",$count as N", ",Name with max as Last")})";
        var grouped = $"groupby(({OneOf("Country", "Country,Status", "Manager/Country", "Name,Manager/Name,Manager/Country", "IsActive", "Address/City")}){OneOf("", "," + aggregate, "," + aggregate)})";
        var last = OneOf(grouped, grouped, aggregate, $"compute({Number(1, "")} as {made})");
        var options = new List<string> { $"$apply={OneOf("", $"filter({Condition(1, "")})/")}{last}" };
        if (!last.Contains($" as {made}", StringComparison.Ordinal))
            return options;
        if (OneOf(true, false))
            options.Add($"$filter={made} {OneOf("ne null", "eq 5", "gt 1")}");
        if (OneOf(true, false))
            options.Add($"$orderby={made} {OneOf("desc", "asc")}");
        Page(options);
        return options;
    }

    private void Page(List<string> options)
    {
        if (random.Next(3) == 0)
            options.Add($"{OneOf("$top", "top")}={random.Next(100)}");
        if (random.Next(4) == 0)
            options.Add($"$skip={random.Next(100)}");
        if (random.Next(4) == 0)
            options.Add($"$count={OneOf("true", "false")}");
    }

    private string Compute()
    {
        _computed.Add("Twice");
        return $"{Number(1, "")} as Twice";
    }

    private string OrderBy() => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        (_computed.Count > 0 && OneOf(true, false) ? _computed[0] : OneOf(Text(1, ""), Number(1, ""), "Created", "Balance", "Address/City", "Orders/$count")) + OneOf("", " asc", " desc")));

    private string Select()
    {
        if (random.Next(8) == 0)
            return "$select=*";
        var items = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => OneOf("Id", "Name", "Country", "Created", OneOf("Tags", "Tags($top=1;$skip=2)", "Tags($count=true)"), OneOf("Address", "Address/City", "Address($select=City)"), "Rights"))
            .DistinctBy(item => item.Split('/', '(')[0]);
        return $"$select={string.Join(',', items.Concat(_computed))}";
    }

    private string Expand(int depth) => $"$expand={string.Join(',', new[] { Orders(depth), Manager(depth), "Demo.Vip/Guests" }.Where(_ => OneOf(true, false)).DefaultIfEmpty(OneOf("Orders/$ref", "Manager/$ref", "Orders")))}";

    private string Orders(int depth)
    {
        var options = OfOrders(depth);
        return options.Count == 0 ? "Orders" : $"Orders({string.Join(';', options.Select(option => option.Replace("top=", option.StartsWith('$') ? "top=" : "$top=", StringComparison.Ordinal)))})";
    }

    private string Manager(int depth) => depth == 0 ? "Manager" : OneOf("Manager", "Manager($select=Name)", "Manager($levels=2)", "Manager($levels=max)", $"Manager({Expand(depth - 1)})", $"Manager($select=Id,Name;{Expand(depth - 1)})");

    private string Search(int depth) => random.Next(depth > 0 ? 6 : 2) switch
    {
        0 => OneOf("blue", "Rot", "öl"),
        1 => OneOf("\"dark red\"", "\"a AND b\""),
        2 => $"{Search(depth - 1)} AND {Search(depth - 1)}",
        3 => $"{Search(depth - 1)} OR {Search(depth - 1)}",
        4 => $"({Search(depth - 1)}) {Search(0)}",
        _ => $"NOT {Search(0)}",
    };

    public string Condition(int depth, string prefix)
    {
        switch (random.Next(depth > 0 ? 20 : 12))
        {
            case 0:
                return $"{Text(depth, prefix)} {OneOf("eq", "ne", "gt", "le")} {Text(depth, prefix)}";
            case 1:
                return $"{Number(depth, prefix)} {Comparison()} {Number(depth, prefix)}";
            case 2:
                return $"{Instant(depth, prefix)} {Comparison()} {Instant(depth, prefix)}";
            case 3:
                return $"{OneOf("contains", "startswith", "endsWith")}({Text(depth, prefix)},{Text(depth, prefix)})";
            case 4:
                return $"{prefix}Id in ({random.Next(9)},{random.Next(9)})";
            case 5:
                return $"{prefix}Name in ('{OneOf("a", "b", "it''s")}','c')";
            case 6:
                return $"{prefix}Balance {Comparison()} {Decimal()}";
            case 7:
                return OneOf(
                    $"{prefix}Born {Comparison()} {OneOf("2024-02-29", "date(" + prefix + "Created)", "null")}", $"{prefix}Opens {Comparison()} {OneOf("08:30", "23:59:59.5", "time(" + prefix + "Created)")}",
                    $"{prefix}Wait {Comparison()} duration'{OneOf("PT1H", "P1DT2H3.5S", "-PT0.5S")}'", $"{prefix}Token {OneOf("eq", "ne")} 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                    $"{prefix}Photo eq binary'{OneOf("AAAA", "+/8A")}'", $"{prefix}Rating {Comparison()} {OneOf("1.5", "1.5e3", "INF", "-INF", "-0.25")}", $"{prefix}Ratio lt 2.5",
                    $"{prefix}Tiny ne 7", $"{prefix}Small ge -7", $"{prefix}Big lt 9223372036854775807");
            case 8:
                return $"{prefix}Status {OneOf("eq", "ne")} {OneOf("Demo.Status'Open'", "Demo.Status'Closed'", "'Held'", "null")}";
            case 9:
                return $"{prefix}Rights has Demo.Rights'{OneOf("Read", "Write", "Read,Write")}'";
            case 10:
                return OneOf($"{prefix}IsActive", $"{prefix}IsActive eq true", $"{prefix}Name ne null", $"null eq {prefix}Country", $"{prefix}Manager eq null", $"{prefix}Orders/any()", $"{prefix}Tags/any(t:t eq 'x')");
            case 11:
                return _computed.Count > 0 && prefix.Length == 0 ? $"{_computed[0]} {Comparison()} {Number(0, "")}" : $"{prefix}Id eq 1";
            case 12 or 13 or 14:
                return $"{Condition(depth - 1, prefix)} {OneOf("and", "or", "AND")} {Condition(depth - 1, prefix)}";
            case 15:
                return $"not ({Condition(depth - 1, prefix)})";
            case 16:
                return $"({Condition(depth - 1, prefix)})";
            case 17:
                return $"({Condition(depth - 1, prefix)}) eq {OneOf("true", "false")}";
            default:
                if (prefix.Length >= 6)
                    goto case 0;
                var variable = "v" + prefix.Length.ToString(CultureInfo.InvariantCulture);
                return $"{prefix}Orders/{OneOf("any", "all")}({variable}:{Condition(depth - 1, variable + "/Customer/")})";
        }
    }

    private string Text(int depth, string prefix) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => $"'{OneOf("a", "it''s", "", "and", "x y", "a/b", "ä%", "1+1=2&c", "(;")}'",
        1 => prefix + "Name",
        2 => prefix + "Address/City",
        3 => prefix + "Manager/Country",
        4 => $"{OneOf("tolower", "toupper", "trim")}({Text(depth - 1, prefix)})",
        5 => $"concat({Text(depth - 1, prefix)},{Text(depth - 1, prefix)})",
        _ => $"substring({Text(depth - 1, prefix)},{Number(0, prefix)}{OneOf("", "," + Whole())})",
    };

    private string Number(int depth, string prefix) => random.Next(depth > 0 ? 9 : 2) switch
    {
        0 => random.Next(-9, 99).ToString(CultureInfo.InvariantCulture),
        1 => prefix + "Id",
        2 or 3 or 4 => $"{Number(depth - 1, prefix)} {OneOf("add", "sub", "mul", "div", "mod")} {Number(depth - 1, prefix)}",
        5 => $"length({Text(depth - 1, prefix)})",
        6 => $"{OneOf("year", "day", "hour")}({prefix}Created)",
        7 => $"indexof({Text(depth - 1, prefix)},'a')",
        _ => prefix + "Orders/$count",
    };

    private string Instant(int depth, string prefix) => random.Next(depth > 0 ? 5 : 2) switch
    {
        0 => prefix + "Created",
        1 => OneOf("2024-02-29T10:00:00Z", "2024-02-29T10:00:00.1234567+01:00", "2024-12-31T23:59Z"),
        2 => OneOf("now()", "mindatetime()", "maxdatetime()"),
        3 => $"{prefix}Created add duration'PT1H'",
        _ => $"{prefix}Created sub {prefix}Wait",
    };

    private string Decimal() => OneOf("5", "5.5", "-0.25", "19.99", "1234567890123.45");

    private string Key() => OneOf($"({Whole()})", $"(Id={Whole()})");

    private string Whole() => random.Next(1, 200).ToString(CultureInfo.InvariantCulture);

    private string Comparison() => OneOf("eq", "ne", "gt", "ge", "lt", "LE");

    private static string Encoded(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return option[..(equals + 1)] + Uri.EscapeDataString(option[(equals + 1)..]);
    }

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
