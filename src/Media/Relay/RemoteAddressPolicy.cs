using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>Decides from SDP and signalling source which addresses a port may learn.</summary>
/// <remarks>
/// <list type="number">
/// <item>SDP names the signalling source: exactly that address and port; if it is a public one, any port of it may be learnt too,
/// since a NAT may have changed the port (the exact one wins).</item>
/// <item>SDP names another public address: exactly that address and port.</item>
/// <item>SDP names a private, loopback, link-local, multicast or unreadable address: any port of the signalling source, learnt
/// once (the phone is behind NAT). Nothing is sent before it is heard (symmetric RTP, RFC 4961).</item>
/// </list>
/// </remarks>
public static class RemoteAddressPolicy
{
    internal static LatchPlan Decide(
        IPEndPoint? signalled, IPAddress signallingSource, RemoteAddressRule rule, AddressFamily family)
    {
        var source = Plain(signallingSource);
        var plan = new LatchPlan();
        if (signalled is not null && Plain(signalled.Address).AddressFamily == family)
        {
            var address = Plain(signalled.Address);
            var isSource = address.Equals(source);
            if (rule == RemoteAddressRule.AsSignalled || isSource || IsPublic(address))
            {
                plan.Exact = new PeerAddress(address, signalled.Port);
                if (rule == RemoteAddressRule.AsSignalled || !isSource || !IsPublic(address))
                    return plan;
            }
        }

        if (source.AddressFamily == family)
            plan.Host = new PeerAddress(source, 0);
        return plan;
    }

    /// <summary>Whether an address can be reached from anywhere (RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return false;

        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && (length == 4 ? IsPublicV4(bytes) : IsPublicV6(bytes));
    }

    private static bool IsPublicV4(ReadOnlySpan<byte> a) => (a[0], a[1]) switch
    {
        (0 or 10 or 127 or >= 224, _) => false,
        (100, >= 64 and <= 127) => false,
        (169, 254) => false,
        (172, >= 16 and <= 31) => false,
        (192, 168) => false,
        (198, 18 or 19) => false,
        _ => true,
    };

    // RFC 4291 §2.4: global unicast is 2000::/3; ULA, link-local and multicast lie outside it.
    private static bool IsPublicV6(ReadOnlySpan<byte> a) => (a[0] & 0xE0) == 0x20;

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
