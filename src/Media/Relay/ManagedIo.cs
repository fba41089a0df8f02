using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Relay;

/// <summary>The same on any system that .NET runs on, by select: for developers off Linux, not for load.</summary>
internal sealed class ManagedIo : IRelayIo
{
    private readonly Dictionary<Socket, ulong> _watched = [];
    private readonly List<Socket> _readable = [];
    private readonly Socket _wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SocketAddress _wakeAddress;
    private readonly SocketAddress _addressV4 = new(AddressFamily.InterNetwork);
    private readonly SocketAddress _addressV6 = new(AddressFamily.InterNetworkV6);
    private readonly byte[] _wakeBuffer = new byte[1];

    public ManagedIo()
    {
        _wake.Blocking = false;
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wakeAddress = _wake.LocalEndPoint!.Serialize();
    }

    public void Watch(MediaSocket socket, ulong key) => _watched.Add(socket.Socket, key);

    public void Unwatch(MediaSocket socket) => _watched.Remove(socket.Socket);

    public int Wait(Span<ulong> ready, int timeoutMilliseconds)
    {
        _readable.Clear();
        _readable.Add(_wake);
        _readable.AddRange(_watched.Keys);
        Socket.Select(_readable, null, null, timeoutMilliseconds < 0 ? -1 : timeoutMilliseconds * 1000);

        var count = 0;
        foreach (var socket in _readable)
        {
            if (socket == _wake)
                ClearWake();
            else if (count < ready.Length)
                ready[count++] = _watched[socket];
        }

        return count;
    }

    public void Wake()
    {
        try
        {
            _ = _wake.SendTo([0], SocketFlags.None, _wakeAddress);
        }
        catch (SocketException)
        {
            // A full buffer holds wake-ups enough.
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    public int Receive(MediaSocket socket, Span<byte> buffer, ref PeerAddress from)
    {
        var address = AddressFor(socket);
        try
        {
            var received = socket.Socket.ReceiveFrom(buffer, SocketFlags.None, address);
            address.Buffer.Span[..address.Size].CopyTo(from.Buffer);
            from.Length = address.Size;
            return received;
        }
        catch (SocketException)
        {
            // Nothing there any more, or a peer's "port unreachable" was reported in its place.
            return -1;
        }
    }

    public bool Send(MediaSocket socket, ReadOnlySpan<byte> packet, in PeerAddress to)
    {
        var address = AddressFor(socket);
        to.Bytes[..to.Length].CopyTo(address.Buffer.Span);
        address.Size = to.Length;
        try
        {
            return socket.Socket.SendTo(packet, SocketFlags.None, address) == packet.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _wake.Dispose();

    private SocketAddress AddressFor(MediaSocket socket)
    {
        var address = socket.Socket.AddressFamily == AddressFamily.InterNetworkV6 ? _addressV6 : _addressV4;
        address.Size = socket.Socket.AddressFamily == AddressFamily.InterNetworkV6 ? PeerAddress.MaxBytes : 16;
        return address;
    }

    private void ClearWake()
    {
        try
        {
            while (_wake.Available > 0)
                _ = _wake.Receive(_wakeBuffer);
        }
        catch (SocketException)
        {
            // Emptied in the meantime.
        }
    }
}
