using System.Globalization;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace BackendApi.Spec.Fuzzing;

/// <summary>Modifications of the entities of a model: most of them could be meant, each has some chance to be wrong anywhere.</summary>
internal sealed class BodyGrammar(IEdmModel model, Random random)
{
    private static readonly string[] Weird =
        ["null", "true", "0", "-1", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[[1]]", "{\"value\":1}", "\"2024-02-30\"", "\"W/\\\"x\\\"\"", "0.00000000000000000000000000001"];

    private static readonly string[] Terms = ["@odata.id", "@id", "@odata.etag", "@odata.type", "@odata.removed", "@removed", "@odata.context", "@odata.unknown", "@", "@odata.", "x@odata.bind"];

    private IEdmEntitySet[] Sets { get; } = [.. model.EntityContainer.EntitySets()];

    public (string Method, string Address, string? Body) Next()
    {
        var set = Pick(Sets);
        var type = set.EntityType();
        var entity = $"{set.Name}({Key(type)})";
        var navigation = type.NavigationProperties().ToArray();
        var property = Pick([.. type.StructuralProperties()]);
        var path = random.Next(6) == 0 && navigation.Length > 0 ? $"{entity}/{Pick(navigation).Name}" : null;
        return random.Next(13) switch
        {
            0 or 1 => ("POST", path ?? set.Name, Entity(type, 0)),
            2 or 3 => ("PATCH", path ?? entity, Entity(type, 0)),
            4 => ("PUT", path ?? entity, Entity(type, 0)),
            5 => ("DELETE", path ?? entity, random.Next(4) == 0 ? Entity(type, 0) : null),
            6 => ("PATCH", path ?? set.Name, $$"""{"@context":"#$delta","value":{{List(() => Item(type, 0))}}}"""),
            7 => ("PATCH", $"{path ?? set.Name}/$each?$filter={Pick(["true", "false", $"{type.Key().First().Name} eq 1", "1 eq"])}", Entity(type, 0)),
            8 => ("DELETE", $"{set.Name}{Pick(["", "/$each"])}?$filter={type.Key().First().Name} gt {random.Next(5)}", null),
            9 => (Pick(["PUT", "PATCH", "DELETE"]), $"{entity}/{property.Name}", $$"""{"value":{{Value(property.Type)}}}"""),
            10 => (Pick(["PUT", "DELETE"]), $"{entity}/{property.Name}/$value", Value(property.Type)),
            11 when navigation.Length > 0 => (Pick(["POST", "PUT", "DELETE"]), $"{entity}/{Pick(navigation).Name}{Pick(["", "(1)"])}/$ref{Pick(["", $"?$id={Id()}"])}", Reference()),
            _ => (Pick(["POST", "PATCH", "PUT", "DELETE", "MERGE"]), $"{entity}/{Pick(["$count", "$value", "$ref", "$each", "Nothing", "$links"])}", Pick([null, "{", "[]", "\"", "{}"])),
        };
    }

    private string Entity(IEdmEntityType type, int depth)
    {
        if (random.Next(25) == 0)
            return Pick(Weird);
        var members = new List<string>();
        foreach (var property in type.StructuralProperties())
            if (random.Next(4) > 0)
                members.Add($"\"{property.Name}\":{Value(property.Type)}");
        foreach (var navigation in type.NavigationProperties())
            if (random.Next(3) == 0 && depth < 3)
                members.Add(Related(navigation, depth));
        if (random.Next(10) == 0)
            members.Add($"\"{Pick(Terms)}\":{Pick([Id(quoted: true), .. Weird])}");
        if (random.Next(30) == 0)
            members.Add($"\"Unknown\":{Pick(Weird)}");
        return $"{{{string.Join(',', members.OrderBy(_ => random.Next()))}}}";
    }

    private string Related(IEdmNavigationProperty navigation, int depth)
    {
        var target = navigation.ToEntityType();
        var isMany = navigation.Type.IsCollection() != (random.Next(20) == 0);
        return random.Next(5) switch
        {
            0 => $"\"{navigation.Name}@odata.bind\":{(isMany ? List(() => Id(quoted: true)) : Id(quoted: true))}",
            1 when isMany => $"\"{navigation.Name}@odata.delta\":{List(() => Item(target, depth + 1))}",
            2 => $"\"{navigation.Name}\":{(isMany ? List(Reference) : Pick([Reference(), "null"]))}",
            _ => $"\"{navigation.Name}\":{(isMany ? List(() => Entity(target, depth + 1)) : Entity(target, depth + 1))}",
        };
    }

    private string Item(IEdmEntityType type, int depth)
    {
        var entity = Entity(type, depth);
        if (random.Next(3) > 0 || !entity.StartsWith("{\"", StringComparison.Ordinal))
            return entity;
        return $$"""{"@removed":{{Pick(["{}", "{\"reason\":\"changed\"}", "{\"reason\":\"deleted\"}", "null", "7"])}},{{entity[1..]}}""";
    }

    private string Reference() => random.Next(10) == 0 ? Pick(Weird) : $$"""{"@odata.id":{{Id(quoted: true)}}}""";

    private string Id(bool quoted = false)
    {
        var set = Pick(Sets);
        var id = Pick([$"{set.Name}({Key(set.EntityType())})", $"{set.Name}({Key(set.EntityType())})", set.Name, "Nothing(1)", "$1", "http://elsewhere/x(1)", ""]);
        return quoted ? JsonSerializer.Serialize(id) : Uri.EscapeDataString(id);
    }

    private string Key(IEdmEntityType type) =>
        string.Join(',', type.Key().Select(part => $"{(type.Key().Count() > 1 ? part.Name + "=" : "")}{random.Next(1, 6).ToString(CultureInfo.InvariantCulture)}"));

    private string Value(IEdmTypeReference type)
    {
        if (random.Next(20) == 0)
            return Pick(Weird);
        if (type.IsNullable && random.Next(5) == 0)
            return "null";
        if (type.IsCollection())
            return List(() => Value(type.AsCollection().ElementType()));
        if (type.IsComplex())
            return $"{{{string.Join(',', type.AsComplex().StructuralProperties().Where(_ => random.Next(3) > 0).Select(part => $"\"{part.Name}\":{Value(part.Type)}"))}}}";
        if (type.IsEnum())
            return JsonSerializer.Serialize(Pick([.. ((IEdmEnumType)type.Definition).Members.Select(member => member.Name), "None"]));
        return type.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64 or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Byte => random.Next(0, 8).ToString(CultureInfo.InvariantCulture),
            EdmPrimitiveTypeKind.Decimal => (random.Next(-500, 100_000) / 100m).ToString(CultureInfo.InvariantCulture),
            EdmPrimitiveTypeKind.Boolean => Pick(["true", "false"]),
            EdmPrimitiveTypeKind.Date => "\"2024-02-29\"",
            EdmPrimitiveTypeKind.DateTimeOffset => "\"2024-02-29T12:00:00Z\"",
            EdmPrimitiveTypeKind.Duration => "\"PT1H\"",
            EdmPrimitiveTypeKind.Binary => "\"AAEC\"",
            EdmPrimitiveTypeKind.Guid => "\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"",
            _ => JsonSerializer.Serialize(Pick(["A", "B", "abc", "Ünïcode 🙂", new string('x', 70), "' OR 1=1 --"])),
        };
    }

    private string List(Func<string> item) => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => item()))}]";

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
