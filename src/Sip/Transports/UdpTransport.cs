using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A UDP socket with a thread of its own. Blocking receives were measured to cost a third of asynchronous ones per packet; the thread parses each
/// datagram and hands it over. Sending is possible from any thread.
/// </summary>
public sealed partial class UdpTransport : IDisposable
{
    private readonly Socket _socket;
    private readonly ISipReceiver _receiver;
    private readonly SipLimits _limits;
    private readonly ILogger _logger;
    private readonly UdpPeers _peers;
    private readonly ISourceGate? _gate;
    private readonly SipMessage _message = new() { IsLent = true };
    private readonly Thread _thread;
    private long _received;
    private long _sent;
    private long _sendErrors;
    private long _malformed;
    private long _faults;
    private long _unheard;
    private volatile bool _closed;

    internal UdpTransport(
        IPEndPoint endpoint, SipTransportOptions options, SipLimits limits, ISipReceiver receiver, ILogger<UdpTransport> logger)
    {
        _receiver = receiver;
        _limits = limits;
        _gate = options.SourceGate;
        _logger = logger;
        AdvertisedHost = options.AdvertisedHost;
        _socket = Open(endpoint, options.UdpBufferBytes);
        Bound = (IPEndPoint)_socket.LocalEndPoint!;
        _peers = new UdpPeers(this, Bound, options.UdpPeers);
        _thread = new Thread(Receive) { Name = $"sip-udp {Bound}", IsBackground = true };
    }

    /// <summary>The address the socket is bound to, with the port that it got.</summary>
    public IPEndPoint Bound { get; }

    /// <summary>Datagrams received, keep-alives included.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Datagrams given to the network.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Datagrams that the network refused.</summary>
    public long SendErrors => Interlocked.Read(ref _sendErrors);

    /// <summary>Datagrams that were no well-formed message; keep-alives are not counted here.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Exceptions of the receiver, each of which cost one datagram and was logged.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Datagrams dropped unparsed because <see cref="ISourceGate"/> said so.</summary>
    public long Unheard => Interlocked.Read(ref _unheard);

    internal string? AdvertisedHost { get; }

    internal bool IsOpen => !_closed;

    /// <summary>The flow to a peer, whether or not it was heard of before; allocates.</summary>
    public SipFlow FlowTo(IPEndPoint remote) => new UdpFlow(this, remote.Serialize(), remote);

    /// <summary>Closes the socket and waits for its thread.</summary>
    public void Dispose()
    {
        if (_closed)
            return;

        _closed = true;
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
            _thread.Join();
    }

    internal void Start() => _thread.Start();

    internal bool Send(ReadOnlySpan<byte> message, SocketAddress to)
    {
        if (_closed)
            return false;

        try
        {
            _socket.SendTo(message, SocketFlags.None, to);
            Interlocked.Increment(ref _sent);
            return true;
        }
        catch (SocketException e)
        {
            Interlocked.Increment(ref _sendErrors);
            LogSendError(Bound, e.SocketErrorCode);
            // An earlier packet's ICMP error says nothing about this way for good; only what can never work is an error.
            return e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.NoBufferSpaceAvailable;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    internal IPEndPoint LocalTowards(IPEndPoint remote)
    {
        if (!Bound.Address.Equals(IPAddress.Any) && !Bound.Address.Equals(IPAddress.IPv6Any))
            return Bound;

        try
        {
            // Connecting a datagram socket sends nothing: it asks the routing table for the source address.
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return new IPEndPoint(((IPEndPoint)probe.LocalEndPoint!).Address, Bound.Port);
        }
        catch (SocketException)
        {
            return Bound;
        }
    }

    private static Socket Open(IPEndPoint endpoint, int bufferBytes)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = bufferBytes,
            SendBufferSize = bufferBytes,
        };
        try
        {
            // Each family has its socket, so that an IPv4 peer never appears as ::ffff:a.b.c.d.
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Receive()
    {
        var buffer = new byte[ushort.MaxValue];
        var source = new SocketAddress(Bound.AddressFamily);
        while (!_closed)
        {
            try
            {
                source.Size = SocketAddress.GetMaximumAddressSize(Bound.AddressFamily);
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, source);
                Interlocked.Increment(ref _received);
                Take(buffer.AsMemory(0, length), source);
            }
            catch (SocketException e)
            {
                // ICMP errors of earlier sends surface here; the socket stays usable.
                if (!_closed)
                    LogReceiveError(Bound, e.SocketErrorCode);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
#pragma warning disable CA1031 // The one edge of the thread: a fault costs one datagram.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _faults);
                LogFault(Bound, e);
            }
        }
    }

    private void Take(Memory<byte> datagram, SocketAddress source)
    {
        if (IsKeepAlive(datagram.Span))
            return;

        if (_gate?.Admits(source.Buffer.Span[..source.Size], datagram.Span) == false)
        {
            Interlocked.Increment(ref _unheard);
            return;
        }

        var flow = _peers.Get(source);
        if (_message.TryParse(datagram, _limits, out var error))
        {
            _receiver.OnMessage(flow, _message);
            return;
        }

        if (error == SipParseError.Empty)
            return;

        Interlocked.Increment(ref _malformed);
        _receiver.OnMalformed(flow, _message, error);
    }

    /// <summary>
    /// Empty datagrams, line ends (RFC 5626 §3.5.1), STUN (first two bits zero, RFC 8489 §5) and the single zero bytes of some phones.
    /// </summary>
    private static bool IsKeepAlive(ReadOnlySpan<byte> datagram) =>
        datagram.Length <= 4 || datagram[0] < (byte)'\n' || datagram.Trim("\r\n \t\0"u8).IsEmpty;

    [LoggerMessage(1001, LogLevel.Debug, "UDP {Local} could not send: {Error}")]
    private partial void LogSendError(IPEndPoint local, SocketError error);

    [LoggerMessage(1002, LogLevel.Debug, "UDP {Local} received a network error: {Error}")]
    private partial void LogReceiveError(IPEndPoint local, SocketError error);

    [LoggerMessage(1003, LogLevel.Error, "UDP {Local} could not hand over a datagram")]
    private partial void LogFault(IPEndPoint local, Exception fault);
}
