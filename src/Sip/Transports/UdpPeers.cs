using System.Net;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// The flows of the peers heard of lately. Two generations of bounded size: when the young one is full it becomes the old one, so a flood of
/// false source addresses costs bounded memory and no search for victims. Not thread-safe.
/// </summary>
internal sealed class UdpPeers(UdpTransport transport, IPEndPoint family, int capacity)
{
    private Dictionary<SocketAddress, UdpFlow> _young = [];
    private Dictionary<SocketAddress, UdpFlow> _old = [];

    public UdpFlow Get(SocketAddress source)
    {
        if (_young.TryGetValue(source, out var flow))
            return flow;

        if (!_old.TryGetValue(source, out flow))
            flow = new UdpFlow(transport, Copy(source), (IPEndPoint)family.Create(source));

        if (_young.Count >= capacity / 2)
            (_old, _young) = (_young, []);
        _young[Copy(source)] = flow;
        return flow;
    }

    private static SocketAddress Copy(SocketAddress source)
    {
        var copy = new SocketAddress(source.Family, source.Size);
        source.Buffer[..source.Size].CopyTo(copy.Buffer);
        return copy;
    }
}
