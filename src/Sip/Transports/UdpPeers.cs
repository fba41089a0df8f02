using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// The flows of the peers heard of lately. Two generations of bounded size: when the young one is full it becomes the old one, so a flood of
/// false source addresses costs bounded memory and no search for victims. Not thread-safe.
/// </summary>
internal sealed class UdpPeers(UdpTransport transport, IPEndPoint family, int capacity)
{
    private Dictionary<UdpPeerKey, UdpFlow> _young = [];
    private Dictionary<UdpPeerKey, UdpFlow> _old = [];

    /// <summary>The flow of a source address as the system writes it.</summary>
    public UdpFlow Get(ReadOnlySpan<byte> source)
    {
        var key = new UdpPeerKey(source);
        if (_young.TryGetValue(key, out var flow))
            return flow;

        if (!_old.TryGetValue(key, out flow))
            flow = Create(source);

        if (_young.Count >= capacity / 2)
            (_old, _young) = (_young, []);
        _young[key] = flow;
        return flow;
    }

    private UdpFlow Create(ReadOnlySpan<byte> source)
    {
        var address = new SocketAddress(family.AddressFamily, source.Length);
        source.CopyTo(address.Buffer.Span);
        return new UdpFlow(transport, address, (IPEndPoint)family.Create(address));
    }
}
