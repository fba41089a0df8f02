using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>A connection before it is a flow: its ends, its bytes and the way to cut it.</summary>
internal sealed record StreamEndpoint(
    SipTransportProtocol Protocol, IPEndPoint Local, IPEndPoint Remote, IDuplexPipe Pipe, Action Abort)
{
    /// <summary>Name that the server's certificate was checked against; null for a connection that the peer opened.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whom that check believed; null with <see cref="ServerName"/>.</summary>
    public ServerTrust? Trust { get; init; }

    /// <summary>Names that the peer's verified certificate claims; empty when it showed none.</summary>
    public ImmutableArray<string> PeerNames { get; init; } = [];

    /// <summary>Whether the peer opened it.</summary>
    public required bool IsIncoming { get; init; }

    /// <summary>Whether this side opened it by TLS and the peer asked for its certificate, and got it.</summary>
    public bool IsMutual { get; init; }

    /// <summary>How messages lie in the bytes; null for SIP without anything around it.</summary>
    public StreamFraming? Framing { get; init; }
}
