using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing;

/// <summary>
/// Loopback ports that nobody listens on, for children that cannot choose one themselves. Between the answer and the child's bind
/// another process may take the port: prefer binding port 0 and asking what was bound.
/// </summary>
public static class FreePorts
{
    private const int Attempts = 100;

    /// <summary>A free TCP port.</summary>
    public static int Tcp() => Take(1, [SocketType.Stream])[0];

    /// <summary>A free UDP port.</summary>
    public static int Udp() => Take(1, [SocketType.Dgram])[0];

    /// <summary>A port that is free for both, as SIP wants it.</summary>
    public static int TcpAndUdp() => Take(1, [SocketType.Stream, SocketType.Dgram])[0];

    /// <summary>Several different free TCP ports.</summary>
    public static int[] Tcp(int count) => Take(count, [SocketType.Stream]);

    private static int[] Take(int count, SocketType[] types)
    {
        // All stay open until all are found, so that no port is given twice.
        var open = new List<Socket>();
        try
        {
            var ports = new int[count];
            for (var i = 0; i < count; i++)
                ports[i] = TakeOne(types, open);

            return ports;
        }
        finally
        {
            open.ForEach(socket => socket.Dispose());
        }
    }

    private static int TakeOne(SocketType[] types, List<Socket> open)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var first = Bind(types[0], 0, open)!;
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            if (types.Skip(1).All(type => Bind(type, port, open) is not null))
                return port;
        }

        throw new InvalidOperationException($"No port is free for {string.Join(" and ", types)}.");
    }

    private static Socket? Bind(SocketType type, int port, List<Socket> open)
    {
        var protocol = type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        open.Add(socket);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException e) when (port != 0 && e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return null;
        }
    }
}
