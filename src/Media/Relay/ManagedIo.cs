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
    // One a thread: farewells are not sent by the loop's.
    [ThreadStatic]
    private static SocketAddress? _addressV4;
    [ThreadStatic]
    private static SocketAddress? _addressV6;
    private readonly byte[] _wakeBuffer = new byte[1];

    public ManagedIo()
    {
        _wake.Blocking = false;
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wakeAddress = _wake.LocalEndPoint!.Serialize();
    }

    public void Watch(MediaSocket socket, ulong key)
    {
        lock (_watched)
            _watched.Add(socket.Socket, key);

        // A wait under way knows nothing of it.
        Wake();
    }

    public void Unwatch(MediaSocket socket)
    {
        lock (_watched)
            _ = _watched.Remove(socket.Socket);
    }

    public int Wait(Span<ulong> ready, int timeoutMilliseconds)
    {
        _readable.Clear();
        _readable.Add(_wake);
        lock (_watched)
            _readable.AddRange(_watched.Keys);
        try
        {
            Socket.Select(_readable, null, null, timeoutMilliseconds < 0 ? -1 : timeoutMilliseconds * 1000);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of them was closed in the meantime; the next wait is without it.
            return 0;
        }

        if (_readable.Remove(_wake))
            ClearWake();
        lock (_watched)
            return Report(ready);
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

    private int Report(Span<ulong> ready)
    {
        var count = 0;
        foreach (var socket in _readable)
        {
            if (count < ready.Length && _watched.TryGetValue(socket, out var key))
                ready[count++] = key;
        }

        return count;
    }

    private static SocketAddress AddressFor(MediaSocket socket)
    {
        var address = socket.Socket.AddressFamily == AddressFamily.InterNetworkV6
            ? _addressV6 ??= new(AddressFamily.InterNetworkV6)
            : _addressV4 ??= new(AddressFamily.InterNetwork);
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
