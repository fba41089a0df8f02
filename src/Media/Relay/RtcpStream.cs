using TekSipCloud.Media.Rtcp;

namespace TekSipCloud.Media.Relay;

/// <summary>A leg's RTCP port; reports pass whatever the direction of the media (RFC 3264 §5.1).</summary>
internal sealed class RtcpStream(RelayLoop loop, MediaSocket socket) : RelayStream(loop, socket)
{
    protected override ref StreamCounters Totals => ref Loop.Totals.Rtcp;

    protected override bool IsValid(ReadOnlySpan<byte> packet) => RtcpPacket.IsCompound(packet);

    protected override bool Admits(ReadOnlySpan<byte> packet, long now) => true;
}
