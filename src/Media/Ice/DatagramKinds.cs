namespace TekSipCloud.Media.Ice;

/// <summary>Tells them apart by their first two bytes.</summary>
internal static class DatagramKinds
{
    /// <summary>What a datagram is, encrypted or not.</summary>
    public static DatagramKind KindOf(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2)
            return DatagramKind.Unknown;

        // RFC 7983 §7; ZRTP (16 to 19) and TURN channels (64 to 79) are not spoken here.
        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            // RFC 5761 §4: payload types 64 to 95 are not used by RTP beside RTCP.
            >= 128 and <= 191 => datagram[1] is >= 192 and <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
