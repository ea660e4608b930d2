using System.Collections.Frozen;

namespace BackendApi.PostgreSql;

/// <summary>Where PostgreSQL needs other words than the function table's defaults, which are its own.</summary>
internal static class Functions
{
    public static readonly FrozenDictionary<string, string> Templates = new Dictionary<string, string>
    {
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
