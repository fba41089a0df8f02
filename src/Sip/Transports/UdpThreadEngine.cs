using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A socket with a thread of its own that blocks in the receive: what every system can do. Blocking receives were measured to cost a third of
/// asynchronous ones per packet.
/// </summary>
internal sealed class UdpThreadEngine : IUdpEngine
{
    private readonly UdpTransport _transport;
    private readonly Socket _socket;
    private readonly Thread _thread;
    private volatile bool _closed;

    public UdpThreadEngine(UdpTransport transport, Socket socket)
    {
        _transport = transport;
        _socket = socket;
        _thread = new Thread(Receive) { Name = $"sip-udp {transport.Bound}", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        if (_closed)
            return false;

        try
        {
            _socket.SendTo(datagram, SocketFlags.None, to);
            _transport.CountSent(1);
            return true;
        }
        catch (SocketException e)
        {
            _transport.OnSendError(e.SocketErrorCode);
            // An earlier packet's ICMP error says nothing about this way for good; only what can never work is an error.
            return e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.NoBufferSpaceAvailable;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_closed)
            return;

        _closed = true;
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Receive()
    {
        var buffer = new byte[ushort.MaxValue];
        var source = new SocketAddress(_transport.Bound.AddressFamily);
        while (!_closed)
        {
            try
            {
                source.Size = SocketAddress.GetMaximumAddressSize(_transport.Bound.AddressFamily);
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, source);
                _transport.Take(buffer.AsMemory(0, length), source.Buffer.Span[..source.Size]);
            }
            catch (SocketException e)
            {
                // ICMP errors of earlier sends surface here; the socket stays usable.
                if (!_closed)
                    _transport.OnReceiveError(e.SocketErrorCode);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
