using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>
/// An address of 127.0.0.0/8 on which UDP port 5060 is free: answers to a Via without a port go there, and somebody else may have
/// taken it on the usual address.
/// </summary>
internal static class LoopbackAddress
{
    private const int Attempts = 50;

    /// <summary>Finds one that was not found before by this process.</summary>
    public static IPAddress Take()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var address = new IPAddress([127, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(2, 255)]);
            if (IsFree(address))
                return address;
        }

        throw new InvalidOperationException("UDP port 5060 is taken on every address of 127.0.0.0/8 that was tried.");
    }

    private static bool IsFree(IPAddress address)
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(address, 5060));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
