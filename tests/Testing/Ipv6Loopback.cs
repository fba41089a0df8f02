using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing;

/// <summary>Whether this machine has <c>::1</c>: some containers have no IPv6 at all.</summary>
public static class Ipv6Loopback
{
    private static readonly Lazy<bool> There = new(CanBind);

    /// <summary>Whether it can be bound.</summary>
    public static bool IsThere => There.Value;

    private static bool CanBind()
    {
        if (!Socket.OSSupportsIPv6)
            return false;

        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
