using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Contracts.DialPlan;

/// <summary>What to do with requests from a network. The first filter that covers a source decides; who is covered by none authenticates.</summary>
/// <param name="Address">An address, or a network as <c>a.b.c.d/n</c> or its IPv6 form.</param>
/// <param name="Action">What to do.</param>
/// <param name="Order">Its place, from 0.</param>
[GenerateSerializer, Alias("ip-filter")]
public sealed record IpFilter(
    [property: Id(0)] string Address,
    [property: Id(1)] IpFilterAction Action,
    [property: Id(2)] int Order)
{
    /// <summary>The most filters of a tenant: each may be compared with each new request.</summary>
    public const int MaxPerTenant = 1000;

    /// <summary>The fewest bits of an IPv4 network that needs no credentials: a private network of class A has them.</summary>
    public const int MinVouchedBitsV4 = 8;

    /// <summary>The same of IPv6: what a provider has.</summary>
    public const int MinVouchedBitsV6 = 32;

    /// <summary>Whether a network may be let in without authentication: who names half of the Internet can't know who sends from there.</summary>
    public static bool MayVouchFor(IPNetwork network) => IsV4(network, out var bits) ? bits >= MinVouchedBitsV4 : bits >= MinVouchedBitsV6;

    /// <summary>Reads an address, or a network with its host bits zero.</summary>
    public static bool TryParseNetwork(string? text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;

        network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    // ::ffff:0:0/96 is all of IPv4 (RFC 4291 §2.5.5.2).
    private static bool IsV4(IPNetwork network, out int bits)
    {
        var isMapped = network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96;
        bits = network.PrefixLength - (isMapped ? 96 : 0);
        return isMapped || network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
    }
}
