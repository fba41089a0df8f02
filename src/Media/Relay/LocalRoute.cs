using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>Asks the system's routes; no packet is sent.</summary>
internal static class LocalRoute
{
    /// <summary>The address this machine uses to reach another; null when there is no route.</summary>
    public static IPAddress? FindAddressToward(IPAddress remote)
    {
        try
        {
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            // Connecting a datagram socket only chooses its route.
            probe.Connect(new IPEndPoint(remote, 9));
            return (probe.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
