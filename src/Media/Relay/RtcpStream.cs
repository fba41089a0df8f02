using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>An RTCP port. Reports end here, and ours begin here, whatever the direction of the media (RFC 3264 §5.1).</summary>
internal sealed class RtcpStream(RelayLoop loop, PortPair pair, RtpStream rtp, MediaSocket socket) : RelayStream(loop, pair, socket)
{
    protected override ref StreamCounters Totals => ref Loop.Totals.Rtcp;

    /// <summary>Sends a report to the party, sealed where its packets are; false while it must not be sent to.</summary>
    /// <param name="buffer">The report, and room for what sealing adds.</param>
    /// <param name="length">The report's bytes.</param>
    /// <param name="isOfLoop">Whether on the relay's thread.</param>
    public bool Report(Span<byte> buffer, int length, bool isOfLoop)
    {
        if (!Latch.HasTarget || Shared is not null && Protection is null)
            return false;
        if (Protection is { } protection && protection.Sender.SealRtcp(buffer, length, out length) != SrtpError.None)
            return false;

        return isOfLoop ? TrySendCounted(buffer[..length]) : TrySend(buffer[..length]);
    }

    protected override SrtpError Open(LegProtection protection, ref int length) =>
        protection.OpenRtcp(Loop.Buffer.AsSpan(0, length), out length);

    protected override bool TrySeal(SrtpSender sender, ref int length) =>
        sender.SealRtcp(Loop.Buffer, length, out length) == SrtpError.None;

    protected override bool IsValid(ReadOnlySpan<byte> packet) => RtcpPacket.IsCompound(packet);

    protected override bool Continues(Span<byte> packet) => true;

    protected override bool Admits(ReadOnlySpan<byte> packet, long now) => true;

    protected override void NoteSent(long now)
    {
        // What a report tells of is noted when it is written.
    }

    protected override void Pass(int length, long now) => rtp.Reports?.Take(Loop.Buffer.AsSpan(0, length), now);
}
