using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Asks the system's routes; no packet is sent.</summary>
internal static class RouteProbe
{
    private const int AnyPort = 9;

    /// <summary>Whether this machine has a way to an address.</summary>
    public static bool HasRoute(IPAddress address)
    {
        try
        {
            // Connecting a datagram socket only chooses its route.
            using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(new IPEndPoint(address, AnyPort));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
