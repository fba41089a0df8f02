using System.Collections.Immutable;
using System.Net;
using System.Text;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Tracing;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// A way to one peer (RFC 5626 §3.3 "flow"): a connection, or a UDP socket and a remote address. Thread-safe. Objects that stand for the same
/// way are equal: those of a UDP peer, and of a connection that is wrapped more than once.
/// </summary>
public abstract class SipFlow
{
    private static long _lastId;
    private byte[]? _sentBy;
    private string? _remoteText;
    private byte[]? _source;
    private ViaSource? _viaSource;

    /// <summary>Gives the flow its identity.</summary>
    protected SipFlow(SipTransportProtocol protocol, IPEndPoint remote)
    {
        Protocol = protocol;
        Remote = remote;
        Id = Interlocked.Increment(ref _lastId);
    }

    /// <summary>Number of this object, unique in the process; for logs and as a key of connections.</summary>
    public long Id { get; }

    /// <summary>What carries the messages.</summary>
    public SipTransportProtocol Protocol { get; }

    /// <summary>The peer's address as seen here, behind its NAT.</summary>
    public IPEndPoint Remote { get; }

    /// <summary><see cref="Remote"/> as text, made once.</summary>
    public string RemoteText => _remoteText ??= Remote.ToString();

    /// <summary><see cref="Remote"/> as the answers to refused requests have it, made once.</summary>
    internal ViaSource ViaSource => _viaSource ??= new ViaSource(Remote);

    /// <summary>This side's address towards the peer; concrete even when the socket is bound to any address.</summary>
    public abstract IPEndPoint Local { get; }

    /// <summary>Whether messages can still be sent; a UDP flow is open as long as its socket.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Whether the transport repeats what is lost, so that transactions need not.</summary>
    public bool IsReliable => Protocol.IsReliable();

    /// <summary>Whether the peer opened the connection, so that nothing but it leads there; false by UDP.</summary>
    public virtual bool IsPeersOwn => IsReliable;

    /// <summary>
    /// Names that the peer's certificate claims, verified in the TLS handshake of a connection that it opened (RFC 5922 §7.1); empty without mutual
    /// TLS.
    /// </summary>
    public virtual ImmutableArray<string> PeerNames => [];

    /// <summary>
    /// Whether requests of this side offer the connection for the peer's own (RFC 5923 §8.1 <c>alias</c>): this side opened it by TLS and showed who it
    /// is.
    /// </summary>
    public virtual bool OffersAlias => false;

    /// <summary>
    /// What a Via or Contact of ours says about this flow, <c>host:port</c> (an IPv6 host in brackets): the advertised host of
    /// <see cref="SipTransportOptions.AdvertisedHost"/> or the local address, and the port that the socket listens on.
    /// </summary>
    public ReadOnlySpan<byte> SentBy => _sentBy ??= WriteSentBy();

    /// <summary>Host to advertise instead of the local address; null for the local address.</summary>
    protected virtual string? AdvertisedHost => null;

    /// <summary>The port on which this side accepts requests over this protocol.</summary>
    protected virtual int ListeningPort => Local.Port;

    /// <summary>
    /// Sends one complete message; the bytes are copied or sent before the call returns. Never waits for the peer. False when the flow is closed,
    /// the peer reads too slowly (the connection is then closed), or the network refuses.
    /// </summary>
    public bool Send(ReadOnlySpan<byte> message)
    {
        SignallingLoop.Current?.Trace?.Record(TraceKind.Sent, this, message);
        return Transmit(message);
    }

    /// <summary>Protocol, length of the peer's address, and the address: a byte, a byte, and 4 or 16 bytes; made once.</summary>
    internal ReadOnlySpan<byte> Source => _source ??= WriteSource();

    /// <summary>Does the same with the answer to a request that was not read.</summary>
    internal bool SendRefusal(ReadOnlySpan<byte> answer)
    {
        SignallingLoop.Current?.Trace?.RecordRefusal(this, answer);
        return Transmit(answer);
    }

    /// <summary>Does what <see cref="Send"/> promises.</summary>
    protected abstract bool Transmit(ReadOnlySpan<byte> message);

    /// <summary>Closes a connection after what is queued has been sent; nothing happens to a UDP flow.</summary>
    public abstract void Close();

    /// <summary>What waits behind the message of this flow that is being handled; on the thread that handles it, else of no meaning.</summary>
    public virtual Backlog Backlog => Backlog.Short;

    /// <summary>Protocol and both addresses, for logs.</summary>
    public override string ToString() => $"{Protocol} {Remote} #{Id}";

    /// <summary>
    /// Whether the answer to a request that went this way may come that way. RFC 3261 §18.1.2 looks at the branch alone, which nobody can guess, and by
    /// UDP so do we: a server of several addresses answers from another. A connection that the peer opened is the peer; where we opened one,
    /// its server may answer by another of the same protocol (§18.2.2).
    /// </summary>
    internal bool IsAnsweredBy(SipFlow way) =>
        way.Protocol == Protocol && (!IsReliable || Equals(way) || (!IsPeersOwn && way.Remote.Address.Equals(Remote.Address)));

    /// <summary>The flow to another port of the same peer; a connection has no other.</summary>
    internal virtual SipFlow AtPort(int port) => this;

    private byte[] WriteSource()
    {
        var address = Remote.Address.GetAddressBytes();
        return [(byte)Protocol, (byte)address.Length, .. address];
    }

    private byte[] WriteSentBy()
    {
        var host = AdvertisedHost ?? Local.Address.ToString();
        var isLiteralV6 = host.Contains(':', StringComparison.Ordinal) && host[0] != '[';
        return Encoding.ASCII.GetBytes(isLiteralV6 ? $"[{host}]:{ListeningPort}" : $"{host}:{ListeningPort}");
    }
}
