using System.Text.Json;
using BackendApi.Model.Csdl;

namespace BackendApi.Model.OpenApi;

/// <summary>Parameters of one set: the parts of its keys, and the query options whose values are its own names (OData to OpenAPI Mapping 1.0, 4.5.1.4).</summary>
internal static class SetParameters
{
    /// <summary>A list of more names than this is no choice that anybody reads; the names are in the schema.</summary>
    private const int MostNames = 60;

    public static void Write(Utf8JsonWriter json, EntitySetModel set)
    {
        foreach (var part in set.IsSingleton ? [] : set.Key.Concat(set.AlternateKeys.SelectMany(key => key)).Distinct())
            using (json.Object(Components.Key(set, part)))
                json.Parameter(new(part.Name, "path", ValueSchemas.InUrl(part.Edm.Type), Description: part.Description));
        if (!SetVerbs.Of(set).CanRead)
            return;
        List<string> names = [.. set.Properties.Select(property => property.Name), .. set.Members.Complex.Select(complex => complex.Name)];
        Names("select", "Properties to show.", names);
        Names("orderby", "Properties to order by.", [.. set.Members.Columns.Where(Annotations.IsSortable).SelectMany(property => (IEnumerable<string>)[property.Path, $"{property.Path} desc"])]);
        if (set.Navigations.Where(navigation => SetVerbs.Of(navigation.Target).CanRead).Select(navigation => navigation.Name).ToList() is { Count: > 0 } related)
            Names("expand", "Related entities to show.", ["*", .. related]);

        void Names(string option, string description, IReadOnlyList<string> values)
        {
            using var _ = json.Object(Components.Option(set, option));
            json.Parameter(new($"${option}", "query", inner =>
            {
                inner.WriteString("type", "array");
                inner.WriteBoolean("uniqueItems", true);
                inner.Schema("items", item =>
                {
                    item.WriteString("type", "string");
                    if (values.Count is > 0 and <= MostNames)
                        item.Texts("enum", values);
                });
            }, IsRequired: false, description));
            json.WriteBoolean("explode", false);
        }
    }
}
