using System.Text.Json;
using BackendApi.Parse.Bodies;

namespace BackendApi.Model.OpenApi;

/// <summary>The addresses of the Data Exchange dialect, and what its bodies hold: fields by their aliases, those of complex properties side by side with the others.</summary>
internal sealed class DataExchangePaths(Utf8JsonWriter json, EntitySetModel set)
{
    private const string Refusals = "dynamic-entity.";

    // Documents are written in OData alone.
    private readonly SetVerbs _verbs = set.TakesDocuments ? new(SetVerbs.Of(set).CanRead, CanCreate: false, CanUpdate: false, CanDelete: false) : SetVerbs.Of(set);
    private readonly string _tag = $"{set.Alias} (Data Exchange)";
    private readonly string _id = $"dynamic-entity.{set.Alias}";

    private string Shown => _id;
    private string Created => $"{_id}.create";
    private string Changed => $"{_id}.update";

    public void WritePaths()
    {
        // A write is answered with the rows as they are stored.
        var rows = _verbs.CanRead ? Data(Components.ListOf(Components.Schema(Shown))) : null;
        var row = _verbs.CanRead ? Data(Components.Schema(Shown)) : null;
        IReadOnlyList<string> include = Relations.Count > 0 ? [$"{_id}.include"] : [];
        var list = new List<ApiOperation>();
        var one = new List<ApiOperation>();
        if (_verbs.CanRead)
        {
            list.Add(new("get", $"{_id}.list", _tag, $"List {set.Alias}") { Parameters = ["page", $"{_id}.filter", .. include], Answer = rows });
            one.Add(new("get", $"{_id}.get", _tag, $"Read one of {set.Alias}") { Parameters = include, Answer = row });
        }
        if (_verbs.CanCreate)
            list.Add(new("post", $"{_id}.create", _tag, $"Create {set.Alias}")
            {
                Parameters = include, Body = [Data(Components.ListOf(Components.Schema(Created)))!], Status = 201, Answer = rows, Refusals = ApiOperation.Creating,
            });
        if (_verbs.CanUpdate)
        {
            var named = Data(Components.ListOf(Named))!;
            var body = Data(Components.Schema(Changed))!;
            list.Add(new("patch", $"{_id}.updateMany", _tag, $"Change {set.Alias}, each named by its key") { Parameters = include, Body = [named], Answer = rows, Refusals = ApiOperation.Creating });
            list.Add(new("put", $"{_id}.replaceMany", _tag, $"Replace {set.Alias}, each named by its key") { Parameters = include, Body = [named], Answer = rows, Refusals = ApiOperation.Creating });
            one.Add(new("patch", $"{_id}.update", _tag, $"Change one of {set.Alias}") { Parameters = include, Body = [body], Answer = row, Refusals = ApiOperation.Creating });
            one.Add(new("put", $"{_id}.replace", _tag, $"Replace one of {set.Alias}") { Parameters = include, Body = [body], Answer = row, Refusals = ApiOperation.Creating });
        }
        if (_verbs.CanDelete)
        {
            list.Add(new("delete", $"{_id}.deleteMany", _tag, $"Delete the {set.Alias} that the filter names") { Parameters = [$"{_id}.filter"], Refusals = ApiOperation.Creating });
            one.Add(new("delete", $"{_id}.delete", _tag, $"Delete one of {set.Alias}") { Refusals = ApiOperation.Creating });
        }
        json.Path($"/dynamic-entity/{set.Alias}", [], list, Refusals);
        json.Path($"/dynamic-entity/{set.Alias}/{{id}}", [], one, Refusals, [Id]);
    }

    /// <param name="filled">Columns that a relation can fill.</param>
    public void WriteSchemas(IReadOnlySet<ColumnSchema> filled)
    {
        // Rows of derived types show what only those have.
        if (_verbs.CanRead)
            Schema(Shown, RowRights.PropertiesOf(set).Select(property => (property, (SchemaWriter)(inner => ValueSchemas.Read(inner, property)))),
                Relations.Where(relation => SetVerbs.Of(relation.Target).CanRead), target => $"dynamic-entity.{target.Alias}", []);
        var written = BodyShape.Of(set, null).Fields.Where(field => field is { IsHidden: false, Constant: null, IsComputed: false }).ToList();
        var editable = Relations.Where(relation => relation.IsEditable).ToList();
        if (_verbs.CanCreate)
            Schema(Created, Written(written.Where(field => field.Property.IsCreatable)), editable.Where(relation => SetVerbs.Of(relation.Target).CanCreate), target => $"dynamic-entity.{target.Alias}.create",
                [.. written.Where(field => EntitySchemas.IsRequired(field, filled)).Select(field => field.Property.Alias).Distinct()]);
        if (_verbs.CanUpdate)
            Schema(Changed, Written(written.Where(field => field.Property.IsEditable)), editable.Where(relation => SetVerbs.Of(relation.Target).CanUpdate), target => $"dynamic-entity.{target.Alias}.update", []);

        static IEnumerable<(PropertyModel, SchemaWriter)> Written(IEnumerable<BodyField> fields) => fields.Select(field => (field.Property, (SchemaWriter)(inner => ValueSchemas.Written(inner, field))));
    }

    public void WriteParameters()
    {
        if (!_verbs.CanRead)
            return;
        using (json.Object($"{_id}.filter"))
        {
            json.Parameter(new("filter", "query", inner =>
            {
                inner.WriteString("type", "object");
                using var properties = inner.Object("properties");
                foreach (var property in set.Properties.Where(property => property.Kind is not ValueKind.Json))
                    inner.Schema($"{set.Alias}.{property.Alias}", text => text.WriteString("type", "string"));
            }, IsRequired: false, "Rows whose fields equal these values: filter[alias.field]=value, or {\"in\":[…]} for one of several."));
            Deep();
        }
        if (Relations.Count == 0)
            return;
        using (json.Object($"{_id}.include"))
            json.Parameter(new("include", "query", inner => inner.WriteString("type", "string"), IsRequired: false,
                $"Relations that the answer shows, with commas between them and dots in chains: {string.Join(", ", Relations.Select(relation => relation.Alias))}."));
    }

    /// <summary>The pages of every list.</summary>
    public static void WriteShared(Utf8JsonWriter json)
    {
        using (json.Object("page"))
        {
            json.Parameter(new("page", "query", inner =>
            {
                inner.WriteString("type", "object");
                using var properties = inner.Object("properties");
                inner.Schema("offset", number => Whole(number, 0));
                inner.Schema("limit", number => Whole(number, 1));
            }, IsRequired: false, "page[offset] and page[limit]: rows to skip, and the most to return."));
            json.WriteString("style", "deepObject");
            json.WriteBoolean("explode", true);
        }

        static void Whole(Utf8JsonWriter json, int least)
        {
            json.WriteString("type", "integer");
            json.WriteNumber("minimum", least);
        }
    }

    private IReadOnlyList<NavigationModel> Relations => set.Navigations;

    /// <summary>A key of several columns is one text, with commas.</summary>
    private ApiParameter Id => new("id", "path", set.Key is [var only] ? ValueSchemas.InUrl(only.Edm.Type) : inner => inner.WriteString("type", "string"), Description: $"The key: {string.Join(',', set.Key.Select(part => part.Alias))}");

    private static ApiContent? Data(SchemaWriter schema) => ApiContent.Json(json =>
    {
        json.WriteString("type", "object");
        using (json.Object("properties"))
            json.Schema("data", schema);
    });

    /// <summary>A row of a list names its key.</summary>
    private void Named(Utf8JsonWriter named)
    {
        using var all = named.Array("allOf");
        using (named.Object())
            named.Reference("schemas", Changed);
        using (named.Object())
        {
            named.WriteString("type", "object");
            using (named.Object("properties"))
                foreach (var part in set.Key)
                    named.Schema(part.Alias, ValueSchemas.InUrl(part.Edm.Type));
            named.Texts("required", set.Key.Select(part => part.Alias));
        }
    }

    private void Deep()
    {
        json.WriteString("style", "deepObject");
        json.WriteBoolean("explode", true);
    }

    /// <param name="component">Of a related row.</param>
    private void Schema(
        string name, IEnumerable<(PropertyModel Property, SchemaWriter Schema)> fields, IEnumerable<NavigationModel> relations, Func<EntitySetModel, string> component, IReadOnlyList<string> required)
    {
        using var _ = json.Object(name);
        json.WriteString("type", "object");
        var known = new HashSet<string>();
        using (json.Object("properties"))
        {
            foreach (var (property, schema) in fields)
                if (known.Add(property.Alias))
                    json.Schema(property.Alias, schema);
            // Also where a relation leads to one row at most.
            foreach (var relation in relations)
                if (known.Add(relation.Alias))
                    json.Schema(relation.Alias, Components.ListOf(Components.Schema(component(relation.Target))));
        }
        if (required.Count > 0)
            json.Texts("required", required);
    }
}
