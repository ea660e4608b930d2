using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Stream;
using Microsoft.OData.Edm;

namespace BackendApi.Plan;

/// <summary>
/// Names that stand for terms (<c>$compute</c>, Protocol 11.2.5.3). A name is planned once; whatever uses it holds the same term, so the database
/// evaluates it where it is used.
/// </summary>
internal static class Computing
{
    public static readonly IReadOnlyDictionary<string, Term> Nothing = new Dictionary<string, Term>();

    /// <param name="known">Names that the items can use, besides those of the items before them.</param>
    public static IReadOnlyDictionary<string, Term> Names(Scope scope, Entity entity, IReadOnlyList<ComputeItem> items, IReadOnlyDictionary<string, Term> known)
    {
        if (items.Count == 0)
            return known;
        var names = new Dictionary<string, Term>(known, StringComparer.Ordinal);
        var planner = new ExpressionPlanner(scope, entity, names);
        foreach (var item in items)
            names.Add(item.Name, planner.Value(item.Value));
        return names;
    }

    /// <summary>The property that responses show a term as: one of no type, made for this request.</summary>
    public static PropertyModel Property(EntitySetModel set, string name, Term term)
    {
        var like = (term as Term.Column)?.Property;
        var type = like?.Edm.Type ?? PrimitiveTypes.Of(term.Kind);
        var json = JsonEncodedText.Encode(name, JsonStyle.WriterOptions.Encoder);
        return new()
        {
            Name = name,
            Path = name,
            Alias = name,
            Column = (term as Term.Column)?.Definition ?? new ColumnSchema(name, Constants.TypeOf(term.Kind), term.IsNullable),
            Kind = term.Kind,
            IsNullable = term.IsNullable,
            Edm = new EdmStructuralProperty(set.EntityType, name, type),
            JsonName = json,
            JsonAlias = json,
            Members = like?.Members,
            IsDynamic = true,
        };
    }
}
