using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Transports;

/// <summary>What counts as one source where a limit is per address.</summary>
public static class SourceNetwork
{
    private const int SubscriberBytes = 8;
    private const int Ipv6Bytes = 16;

    /// <summary>
    /// An IPv4 address itself, also when an IPv6 socket shows it as <c>::ffff:a.b.c.d</c>; of an IPv6 address its /64 (RFC 4291 §2.5.1), of which
    /// one subscriber has every address.
    /// </summary>
    /// <param name="address">The peer's address.</param>
    public static IPAddress Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        address.TryWriteBytes(bytes, out _);
        bytes[SubscriberBytes..].Clear();
        return new IPAddress(bytes);
    }
}
