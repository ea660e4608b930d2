using System.Net;
using System.Text.Json;
using BackendApi.Support;

namespace BackendApi.Access.Keys;

/// <summary>Ranges of addresses in CIDR notation, of IPv4 and IPv6; a single address is a range of one.</summary>
public static class Networks
{
    /// <summary>Contains no address that a request can come from.</summary>
    private static readonly IPNetwork Nowhere = new(IPAddress.None, 32);

    /// <exception cref="ServiceException"><see cref="Errors.InvalidValue"/>: a text is no range.</exception>
    public static IReadOnlyList<IPNetwork> Parse(IEnumerable<string> texts, string target) =>
        [.. texts.Select(text => TryParse(text, out var network)
            ? network
            : throw new ServiceException(Errors.InvalidValue, $"'{text}' is neither an address nor a range such as 10.0.0.0/8 or 2001:db8::/32.", target))];

    public static string ToJson(IEnumerable<IPNetwork> networks) => JsonSerializer.Serialize(networks.Select(network => network.ToString()));

    /// <summary>Reads what <see cref="ToJson"/> wrote. What is not understood lets nobody in.</summary>
    public static IReadOnlyList<IPNetwork> FromJson(string json) =>
        [.. (JsonSerializer.Deserialize<string[]>(json) ?? []).Select(text => TryParse(text, out var network) ? network : Nowhere)];

    /// <summary>An address of IPv4 that arrives over IPv6 is the one of IPv4. An empty list contains every address, but not a missing one.</summary>
    public static bool Contain(IReadOnlyList<IPNetwork> networks, IPAddress? address)
    {
        if (networks.Count == 0)
            return true;
        if (address is null)
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        for (var i = 0; i < networks.Count; i++)
            if (networks[i].Contains(address))
                return true;
        return false;
    }

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal))
            return false;
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
