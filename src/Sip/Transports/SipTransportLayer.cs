using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// All sockets of one gateway: UDP sockets, accepted and opened connections. Finds or opens the flow to a peer and hands everything received to
/// one <see cref="ISipReceiver"/>. Thread-safe.
/// </summary>
public sealed partial class SipTransportLayer : ISipFlows, IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly ISipReceiver _receiver;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly FlowTable _flows;
    private readonly FlowConnector _connector;
    private readonly ITimer _heartbeat;
    private readonly Lock _binding = new();
    private volatile UdpTransport[] _udp = [];
    private long _malformed;
    private long _refused;
    private readonly long[] _cut = new long[Enum.GetValues<StreamEnd>().Length];
    private volatile bool _isStopped;

    /// <summary>Makes a layer without sockets; it holds connections as soon as <see cref="SipConnectionHandler"/> brings some.</summary>
    public SipTransportLayer(
        SipTransportOptions options, SipLimits limits, ISipReceiver receiver, TimeProvider time, ILoggerFactory loggers)
    {
        Options = options;
        Limits = limits;
        Time = time;
        _receiver = receiver;
        _loggers = loggers;
        _logger = loggers.CreateLogger<SipTransportLayer>();
        _flows = new FlowTable(options);
        _connector = new FlowConnector(this);
        _heartbeat = time.CreateTimer(static layer => ((SipTransportLayer)layer!).CheckTimes(), this, Heartbeat, Heartbeat);
    }

    /// <summary>The bound UDP sockets, with their counters.</summary>
    public IReadOnlyList<UdpTransport> UdpTransports => _udp;

    /// <summary>Open connections.</summary>
    public int Connections => _flows.Count;

    /// <summary>Messages on connections that were not well-formed.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Connections refused by <see cref="SipTransportOptions.MaxConnectionsPerAddress"/>.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Open connections of one protocol.</summary>
    internal int ConnectionsOf(SipTransportProtocol protocol) => _flows.CountOf(protocol);

    /// <summary>Connections that this side cut, for one reason.</summary>
    internal long CutFor(StreamEnd reason) => Interlocked.Read(ref _cut[(int)reason]);

    internal SipTransportOptions Options { get; }

    internal SipLimits Limits { get; }

    internal TimeProvider Time { get; }

    /// <summary>
    /// Opens a UDP socket and begins to receive. Each address family has sockets of its own; port 0 takes a free one, see
    /// <see cref="UdpTransport.Bound"/>. Throws <see cref="SocketException"/> when the address is taken.
    /// </summary>
    /// <param name="endpoint">The address to bind to.</param>
    /// <param name="loop">
    /// The loop that is to read the socket, so that messages of its own are handled without changing threads. Null, and on systems other than 64-bit
    /// Linux: a thread of its own.
    /// </param>
    /// <param name="isShared">Whether other sockets are bound to the same address: the system spreads the peers over them (Linux).</param>
    public UdpTransport BindUdp(IPEndPoint endpoint, SignallingLoop? loop = null, bool isShared = false)
    {
        var transport = new UdpTransport(endpoint, Options, Limits, _receiver, _loggers.CreateLogger<UdpTransport>(), loop, isShared);
        lock (_binding)
            _udp = [.. _udp, transport];
        transport.Start();
        return transport;
    }

    /// <summary>
    /// The way to a peer if it is open already: for UDP that of the first socket of the address family, for streams any connection with exactly
    /// that remote end, whoever opened it.
    /// </summary>
    /// <param name="protocol">What carries the messages.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="flow">The way, open.</param>
    /// <param name="localPort">UDP: only the socket with this port, so that a phone behind a NAT is reached from where it registered; 0 for any.</param>
    public bool TryFindFlow(
        SipTransportProtocol protocol, IPEndPoint remote, [NotNullWhen(true)] out SipFlow? flow, int localPort = 0)
    {
        if (protocol == SipTransportProtocol.Udp)
            flow = FindSocket(remote.AddressFamily, localPort)?.FlowTo(remote);
        else
            flow = _flows.TryFind(new FlowKey(protocol, remote, ServerName: null), out var stream) ? stream : null;
        return flow is not null;
    }

    /// <summary>The open connection with that <see cref="SipFlow.Id"/>; for bindings that live on a connection.</summary>
    public bool TryFindFlow(long id, [NotNullWhen(true)] out SipFlow? flow)
    {
        flow = _flows.TryFind(id, out var stream) ? stream : null;
        return flow is not null;
    }

    /// <summary>
    /// The way to <paramref name="target"/>, opened if need be; several callers for the same target share one attempt. Null when there is no
    /// socket of that address family, connecting failed or took longer than <see cref="SipTransportOptions.ConnectTimeout"/>.
    /// </summary>
    /// <param name="target">Where to. A WebSocket is found but never opened.</param>
    /// <param name="cancel">Ends this caller's waiting, not the attempt.</param>
    public ValueTask<SipFlow?> OpenFlow(SipTarget target, CancellationToken cancel = default)
    {
        if (target.ServerName is null && TryFindFlow(target.Protocol, target.Remote, out var flow))
            return new(flow);

        if (_flows.TryFind(new FlowKey(target.Protocol, target.Remote, target.ServerName, target.ServerName is null ? null : target.Trust), out var stream))
            return new(stream);

        return target.Protocol is SipTransportProtocol.Tcp or SipTransportProtocol.Tls
            ? new(_connector.Connect(target).WaitAsync(cancel))
            : new((SipFlow?)null);
    }

    /// <summary>Closes every socket and connection, the latter after what they still have to send, and waits for their ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        foreach (var udp in _udp)
            udp.Dispose();

        var open = _flows.Snapshot();
        foreach (var flow in open)
            flow.Close();
        await Task.WhenAll(open.Select(flow => flow.Ended)).ConfigureAwait(false);
    }

    /// <summary>Whether an address may open one more connection; counts those that are refused for it.</summary>
    internal bool HasRoomFor(IPAddress address)
    {
        var hasRoom = !_isStopped && _flows.HasRoomFor(address);
        if (!hasRoom)
            Interlocked.Increment(ref _refused);
        return hasRoom;
    }

    /// <summary>Serves a connection until its end.</summary>
    internal Task Serve(StreamEndpoint endpoint, out StreamFlow? flow)
    {
        flow = null;
        var candidate = new StreamFlow(endpoint, this);
        if (_isStopped || !_flows.TryAdd(candidate, out var evicted))
        {
            Interlocked.Increment(ref _refused);
            endpoint.Abort();
            return Task.CompletedTask;
        }

        evicted?.Abort(StreamEnd.Evicted);
        flow = candidate;
        return candidate.Run();
    }

    internal void Deliver(SipFlow flow, SipMessage message, SipParseError error)
    {
        if (error == SipParseError.None)
        {
            _receiver.OnMessage(flow, message);
            return;
        }

        Interlocked.Increment(ref _malformed);
        _receiver.OnMalformed(flow, message, error);
    }

    /// <summary>When what a connection brought has been handled, or that takes too long.</summary>
    internal Task WhenHandled() => Task.WhenAny(_receiver.WhenHandled(), Task.Delay(Options.WriteTimeout, Time));

    internal void OfferAliases(StreamFlow flow, SipMessage message)
    {
        if (ConnectionAlias.Of(flow, message, Options) is { Length: > 0 } aliases)
            _flows.AddAliases(flow, aliases);
    }

    internal void OnEnded(StreamFlow flow)
    {
        _flows.Remove(flow);
        _receiver.OnClosed(flow);
    }

    internal void OnAborted(StreamFlow flow, StreamEnd reason)
    {
        Interlocked.Increment(ref _cut[(int)reason]);
        LogAborted(flow, reason);
    }

    internal void OnStreamFault(StreamFlow flow, Exception fault)
    {
        if (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException || !flow.IsOpen)
            LogStreamLost(flow, fault.Message);
        else
            LogStreamFault(flow, fault);
    }

    internal void OnConnectFailed(SipTarget target, Exception fault) => LogConnectFailed(target, fault.Message);

    private UdpTransport? FindSocket(AddressFamily family, int port)
    {
        UdpTransport? found = null;
        foreach (var udp in _udp)
        {
            if (udp.Bound.AddressFamily != family || (port != 0 && udp.Bound.Port != port))
                continue;

            // Of the sockets that share an address the one of this loop: what it sends leaves in its batch.
            if (udp.Loop is { IsCurrent: true } && (found is null || found.Bound.Equals(udp.Bound)))
                return udp;
            found ??= udp;
        }

        return found;
    }

    private void CheckTimes()
    {
        var now = Time.GetTimestamp();
        foreach (var flow in _flows.Snapshot())
            flow.CheckTime(now);
    }

    [LoggerMessage(1010, LogLevel.Debug, "Connection {Flow} cut: {Reason}")]
    private partial void LogAborted(SipFlow flow, StreamEnd reason);

    [LoggerMessage(1011, LogLevel.Debug, "Connection {Flow} lost: {Reason}")]
    private partial void LogStreamLost(SipFlow flow, string reason);

    [LoggerMessage(1012, LogLevel.Error, "Connection {Flow} failed")]
    private partial void LogStreamFault(SipFlow flow, Exception fault);

    [LoggerMessage(1013, LogLevel.Information, "Could not connect to {Target}: {Reason}")]
    private partial void LogConnectFailed(SipTarget target, string reason);
}
