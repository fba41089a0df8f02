using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>A peer of a UDP socket. Holds no state of its own, so any number of them may stand for the same peer.</summary>
internal sealed class UdpFlow(UdpTransport transport, SocketAddress address, IPEndPoint remote)
    : SipFlow(SipTransportProtocol.Udp, remote)
{
    private IPEndPoint? _local;

    public override IPEndPoint Local => _local ??= transport.LocalTowards(Remote);

    public override bool IsOpen => transport.IsOpen;

    public override Backlog Backlog => transport.Backlog;

    protected override string? AdvertisedHost => transport.AdvertisedHost;

    protected override int ListeningPort => transport.Bound.Port;

    protected override bool Transmit(ReadOnlySpan<byte> message) => transport.Send(message, address);

    public override void Close()
    {
        // The socket belongs to all peers.
    }

    public override bool Equals(object? obj) => obj is UdpFlow other && other.BelongsTo(transport) && other.Remote.Equals(Remote);

    public override int GetHashCode() => Remote.GetHashCode();

    internal override SipFlow AtPort(int port) => transport.FlowTo(new IPEndPoint(Remote.Address, port));

    private bool BelongsTo(UdpTransport other) => ReferenceEquals(transport, other);
}
