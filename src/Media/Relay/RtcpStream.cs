using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>An RTCP port; reports pass whatever the direction of the media (RFC 3264 §5.1).</summary>
internal sealed class RtcpStream(RelayLoop loop, PortPair pair, MediaSocket socket) : RelayStream(loop, pair, socket)
{
    protected override ref StreamCounters Totals => ref Loop.Totals.Rtcp;

    protected override SrtpError Open(LegProtection protection, ref int length) =>
        protection.OpenRtcp(Loop.Buffer.AsSpan(0, length), out length);

    protected override bool TrySeal(SrtpSender sender, ref int length) =>
        sender.SealRtcp(Loop.Buffer, length, out length) == SrtpError.None;

    protected override bool IsValid(ReadOnlySpan<byte> packet) => RtcpPacket.IsCompound(packet);

    protected override bool Continues(Span<byte> packet) => true;

    protected override bool Admits(ReadOnlySpan<byte> packet, long now) => true;
}
