using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Stun;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A UDP socket: parses each datagram where it lies and hands it over. It is read by a signalling loop in batches where the system can do that, else
/// by a thread of its own. Sending is possible from any thread.
/// </summary>
public sealed partial class UdpTransport : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReusePort = 15;

    private readonly Socket _socket;
    private readonly ISipReceiver _receiver;
    private readonly SipLimits _limits;
    private readonly ILogger _logger;
    private readonly UdpPeers _peers;
    private readonly ISourceGate? _gate;
    private readonly IUdpEngine _engine;
    private readonly SipMessage _message = new() { IsLent = true };
    private long _received;
    private long _sent;
    private long _sendErrors;
    private long _unsent;
    private long _unreachable;
    private long _malformed;
    private long _faults;
    private long _unheard;
    private long _emptied;
    private volatile bool _closed;

    internal UdpTransport(
        IPEndPoint endpoint, SipTransportOptions options, SipLimits limits, ISipReceiver receiver, ILogger<UdpTransport> logger,
        SignallingLoop? loop = null, bool isShared = false)
    {
        _receiver = receiver;
        _limits = limits;
        _gate = options.SourceGate;
        _logger = logger;
        AdvertisedHost = options.AdvertisedHostOf(endpoint.AddressFamily);
        _socket = Open(endpoint, options.UdpBufferBytes, isShared);
        Bound = (IPEndPoint)_socket.LocalEndPoint!;
        Loop = loop;
        _peers = new UdpPeers(this, Bound, options.UdpPeers);
        _engine = loop is not null && LoopPoller.IsSupported ? new UdpLoopEngine(this, _socket, loop) : new UdpThreadEngine(this, _socket);
    }

    /// <summary>The address the socket is bound to, with the port that it got.</summary>
    public IPEndPoint Bound { get; }

    /// <summary>Whether a signalling loop reads it in batches, rather than a thread of its own.</summary>
    public bool IsBatched => _engine is not UdpThreadEngine;

    /// <summary>Datagrams received, keep-alives included.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Datagrams given to the network.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Datagrams that the network refused.</summary>
    public long SendErrors => Interlocked.Read(ref _sendErrors);

    /// <summary>Datagrams that were dropped because the device took none for too long.</summary>
    public long Unsent => Interlocked.Read(ref _unsent);

    /// <summary>ICMP errors that said that a peer cannot be reached.</summary>
    public long Unreachable => Volatile.Read(ref _unreachable);

    /// <summary>Datagrams that were no well-formed message; keep-alives are not counted here.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>Exceptions of the receiver, each of which cost one datagram and was logged.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Datagrams dropped unparsed because <see cref="ISourceGate"/> said so.</summary>
    public long Unheard => Volatile.Read(ref _unheard);

    internal string? AdvertisedHost { get; }

    internal bool IsOpen => !_closed;

    /// <summary>The loop that it was given to; null for none.</summary>
    internal SignallingLoop? Loop { get; }

    /// <summary>The flow to a peer, whether or not it was heard of before; allocates.</summary>
    public SipFlow FlowTo(IPEndPoint remote) => new UdpFlow(this, remote.Serialize(), remote);

    /// <summary>Closes the socket and waits until nobody uses it.</summary>
    public void Dispose()
    {
        if (_closed)
            return;

        _ = Dropped;
        _closed = true;
        _engine.Dispose();
    }

    internal void Start() => _engine.Start();

    internal bool Send(ReadOnlySpan<byte> message, SocketAddress to) => !_closed && _engine.Send(message, to);

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

    /// <summary>Takes a datagram; by the engine only, whose receiving is the work of one thread.</summary>
    internal void Take(Memory<byte> datagram, ReadOnlySpan<byte> source)
    {
        _received++;
        if (IsKeepAlive(datagram.Span))
            return;

        MessageClock.Stop();
        try
        {
            if (_gate?.Admits(source, datagram.Span) == false)
                _unheard++;
            else
                TakeHeard(datagram, _peers.Get(source));
        }
#pragma warning disable CA1031 // The one edge of receiving: a fault costs one datagram.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _faults++;
            LogFault(Bound, e);
        }
        finally
        {
            MessageClock.GoOn();
        }
    }

    /// <summary>The flow of an address as the system writes it; on the receiving thread.</summary>
    internal UdpFlow FlowOf(ReadOnlySpan<byte> address) => _peers.Get(address);

    /// <summary>An ICMP error came back; on the receiving thread.</summary>
    internal void OnUnreachable(ReadOnlySpan<byte> destination)
    {
        _unreachable++;
        Tell(_peers.Get(destination));
    }

    /// <summary>A datagram that was in a batch could not be sent; on the receiving thread.</summary>
    internal void OnUnsendable(UdpFlow flow)
    {
        OnSendError(SocketError.NetworkUnreachable);
        Tell(flow);
    }

    internal void CountSent(int datagrams) => Interlocked.Add(ref _sent, datagrams);

    internal void CountUnsent(int datagrams) => Interlocked.Add(ref _unsent, datagrams);

    internal void OnSendError(SocketError error)
    {
        Interlocked.Increment(ref _sendErrors);
        LogSendError(Bound, error);
    }

    internal void OnReceiveError(SocketError error) => LogReceiveError(Bound, error);

    private static Socket Open(IPEndPoint endpoint, int bufferBytes, bool isShared)
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
            if (isShared)
                socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void TakeHeard(Memory<byte> datagram, UdpFlow flow)
    {
        if (StunBinding.IsCandidate(datagram.Span))
            AnswerStun(datagram.Span, flow);
        else if (!_receiver.TryRefuse(flow, datagram.Span))
            HandOver(datagram, flow);
    }

    private void AnswerStun(ReadOnlySpan<byte> datagram, UdpFlow flow)
    {
        Span<byte> answer = stackalloc byte[StunBinding.MaxAnswerBytes];
        if (StunBinding.Answer(datagram, flow.Remote, answer) is > 0 and var length && _gate?.MayAnswer(flow) != false)
            flow.Send(answer[..length]);
    }

    private void HandOver(Memory<byte> datagram, UdpFlow flow)
    {
        if (_message.TryParse(datagram, _limits, out var error))
        {
            _receiver.OnMessage(flow, _message);
            return;
        }

        if (error == SipParseError.Empty)
            return;

        _malformed++;
        _receiver.OnMalformed(flow, _message, error);
    }

    private void Tell(UdpFlow flow)
    {
        try
        {
            _receiver.OnUnreachable(flow);
        }
#pragma warning disable CA1031 // As above: one error's fault.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _faults++;
            LogFault(Bound, e);
        }
    }

    /// <summary>
    /// Empty datagrams, line ends (RFC 5626 §3.5.1), control bytes that are no STUN, and the single zero bytes of some phones.
    /// </summary>
    private static bool IsKeepAlive(ReadOnlySpan<byte> datagram) =>
        datagram.Length <= 4
        || (datagram[0] < (byte)'\n' && !StunBinding.IsCandidate(datagram))
        || (datagram[0] <= (byte)' ' && datagram.Trim("\r\n \t\0"u8).IsEmpty);

    [LoggerMessage(1001, LogLevel.Debug, "UDP {Local} could not send: {Error}")]
    private partial void LogSendError(IPEndPoint local, SocketError error);

    [LoggerMessage(1002, LogLevel.Debug, "UDP {Local} received a network error: {Error}")]
    private partial void LogReceiveError(IPEndPoint local, SocketError error);

    [LoggerMessage(1003, LogLevel.Error, "UDP {Local} could not hand over a datagram")]
    private partial void LogFault(IPEndPoint local, Exception fault);
}
