using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>A bound, non-blocking UDP socket and its descriptor.</summary>
internal sealed class MediaSocket : IDisposable
{
    private MediaSocket(Socket socket)
    {
        Socket = socket;
        Descriptor = (int)socket.SafeHandle.DangerousGetHandle();
    }

    public Socket Socket { get; }

    public int Descriptor { get; }

    /// <summary>Opens and binds; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static MediaSocket Open(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.Bind(new IPEndPoint(address, port));
            return new MediaSocket(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => Socket.Dispose();
}
