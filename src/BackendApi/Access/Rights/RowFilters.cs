using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Access.Rights;

/// <summary>Row filters of roles, as they are written: OData expressions in which a parameter alias stands for something known of the caller.</summary>
public static class RowFilters
{
    /// <summary>What keeps a text from being a filter of that set; null when it is one. Of a set that is not published nothing can be told yet.</summary>
    public static string? Mistake(string filter, string entitySet, ModelSnapshot model, ODataSettings settings)
    {
        if (entitySet == Permissions.EverySet)
            return "A filter is that of one entity set: the properties of every set are not known.";
        if (!model.EntitySets.TryGetValue(entitySet, out var set))
            return null;
        try
        {
            // An alias that nobody declares stands for null, which fits every type.
            UrlParser.ParseFilter(model.Edm, set.EntityType, filter, ParseLimits.Of(settings));
            return null;
        }
        catch (ServiceException mistake)
        {
            return mistake.Error.Message;
        }
    }
}
