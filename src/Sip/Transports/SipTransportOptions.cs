using System.Net.Security;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Transports;

/// <summary>Limits and habits of the transports. Every limit bounds what a stranger can make this process hold.</summary>
public sealed record SipTransportOptions
{
    /// <summary>
    /// Host written into our Via and Contact towards IPv4 peers instead of the socket's address, for servers behind a one-to-one NAT. Null: the
    /// local address towards the peer.
    /// </summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>Port on which TCP is accepted, for our Via on outgoing connections. Default 5060 (RFC 3261 §18).</summary>
    public int TcpPort { get; init; } = 5060;

    /// <summary>Port on which TLS is accepted, for our Via on outgoing connections. Default 5061 (RFC 3261 §18).</summary>
    public int TlsPort { get; init; } = 5061;

    /// <summary>
    /// Kernel buffer of each UDP socket, per direction, in bytes. Default 4 MiB: 0.2 s of 30,000 packets per second; Linux caps it at
    /// <c>net.core.rmem_max</c>.
    /// </summary>
    public int UdpBufferBytes { get; init; } = 4 << 20;

    /// <summary>
    /// UDP peers whose flow object is kept for reuse, per socket. Default 65,536; beyond it the peers not heard of lately are forgotten, which
    /// costs one allocation when they speak again.
    /// </summary>
    public int UdpPeers { get; init; } = 65_536;

    /// <summary>Open connections in all; the one idle for longest is closed for a new one. Default 20,000.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Open connections from one address; more are refused. Default 500, for offices behind one NAT.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 500;

    /// <summary>Time within which a new connection must have brought its first complete message. Default 10 s.</summary>
    public TimeSpan FirstMessageTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time within which a message that has begun must be complete. Default 10 s.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection silent in both directions for longer is closed. Default 15 min: longer than the registration refresh and keep-alive periods
    /// of phones (RFC 5626 §4.4.1 asks for at most 120 s).
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a WebSocket may be silent before it is pinged. Default 30 s: proxies in front of web servers cut what is silent for a minute.
    /// </summary>
    public TimeSpan WebSocketPing { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection that this side opened may be silent before a double CRLF is sent. Default 100 s: RFC 5626 §4.4.1 asks for 95 to 120 s.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Time within which a keep-alive must be answered by a peer that answers them: a WebSocket's, or one that did before. Default 10 s
    /// (RFC 5626 §4.4.1).
    /// </summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a TCP peer may offer its connection for a port of its own address by <c>alias</c> in Via. Default false: RFC 5923 allows it for mutual
    /// TLS only, where a certificate proves the name; there it is always taken.
    /// </summary>
    public bool TcpAliases { get; init; }

    /// <summary>Time that connecting, TLS handshake included, may take. Default 5 s, well below 64*T1.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time without progress after which a peer that does not read is given up. Default 10 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that may wait for a connection's peer to read; more closes the connection. Default 1 MiB.</summary>
    public int MaxQueuedBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Gives this side's certificate for a TLS server that asks for one (mutual TLS), as it is now. Null, the default: none is shown.
    /// </summary>
    public Func<SslStreamCertificateContext?>? ClientCertificate { get; init; }

    /// <summary>
    /// Told of each TLS server that was refused or that broke the handshake off, and why, in a sentence. Called on the pool. Null: nobody is told.
    /// </summary>
    public Action<SipTarget, string>? OnServerRefused { get; init; }

    /// <summary>Decides by its source whether a datagram is parsed. Null: every one is.</summary>
    public ISourceGate? SourceGate { get; init; }

    /// <summary>As <see cref="AdvertisedHost"/>, towards IPv6 peers.</summary>
    public string? AdvertisedHostV6 { get; init; }

    /// <summary>The host for peers of a family; null for the local address.</summary>
    internal string? AdvertisedHostOf(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? AdvertisedHostV6 : AdvertisedHost;
}
