using System.Text;
using BackendApi.Plan;

namespace BackendApi.Stream;

/// <summary>Context URLs (Protocol 10), absolute, in the form of 4.0 or of 4.01.</summary>
internal static class ContextUrl
{
    public static string Collection(string root, EntityShape shape, bool isV401) => Of(root, shape, isV401).ToString();

    public static string Entity(string root, EntityShape shape, bool isV401) => Of(root, shape, isV401).Append("/$entity").ToString();

    /// <param name="entity">The entity's URL relative to the service root.</param>
    public static string Property(string root, string entity, string property) => $"{root}$metadata#{entity}/{property}";

    private static StringBuilder Of(string root, EntityShape shape, bool isV401)
    {
        var text = new StringBuilder(root).Append("$metadata#").Append(shape.Set.Name);
        var list = List(shape, isV401);
        return list.Length == 0 ? text : text.Append('(').Append(list).Append(')');
    }

    /// <summary>
    /// The select list. In 4.0 an expanded navigation without options of its own is left out: older readers refuse the empty parentheses that
    /// 4.01 wants.
    /// </summary>
    private static StringBuilder List(EntityShape shape, bool isV401)
    {
        var list = new StringBuilder();
        if (shape.IsPartial)
            foreach (var column in shape.Properties)
                Separate(list).Append(column.Property.Name);
        foreach (var (navigation, nested) in shape.References)
            Nested(navigation.Name, nested);
        foreach (var collection in shape.Collections)
            Nested(collection.Navigation.Name, collection.Rows.Shape);
        return list;

        void Nested(string name, EntityShape nested)
        {
            var inner = List(nested, isV401);
            if (isV401 || inner.Length > 0)
                Separate(list).Append(name).Append('(').Append(inner).Append(')');
        }
    }

    private static StringBuilder Separate(StringBuilder list) => list.Length == 0 ? list : list.Append(',');
}
