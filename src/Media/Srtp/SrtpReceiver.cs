using System.Buffers.Binary;
using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Srtp;

/// <summary>Takes what a party protects with its key: checks each packet's tag, refuses what came before, decrypts in place.</summary>
/// <remarks>Allocates nothing per packet, but for a source's first. One thread at a time.</remarks>
public sealed class SrtpReceiver : IDisposable
{
    private const int RolloverBytes = 4;
    private const int IndexBytes = 4;

    // RFC 3711 §3.4: the header and the sender's SSRC stay in the clear.
    private const int RtcpClearBytes = 8;
    private const uint EncryptedFlag = 0x8000_0000;

    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private readonly SrtpSources _rtpSources = new();
    private readonly SrtpSources _rtcpSources = new();

    /// <summary>With the key that the party says it sends with.</summary>
    public SrtpReceiver(SrtpKey key)
    {
        using var keys = new KeyDerivation(key);
        _rtp = SrtpTransform.ForRtp(key, keys);
        _rtcp = SrtpTransform.ForRtcp(key, keys);
    }

    /// <summary>Makes an RTP packet of a protected one.</summary>
    /// <param name="packet">A whole datagram; decrypted in place; on failure it is as it was.</param>
    /// <param name="length">Bytes of the RTP packet.</param>
    public SrtpError Open(Span<byte> packet, out int length)
    {
        length = packet.Length - _rtp.TagBytes;
        if (length is < RtpPacket.MinHeaderBytes or > SrtpProfiles.MaxPacketBytes || !TryReadHeader(packet[..length], out var header, out var ssrc, out var sequence))
            return SrtpError.Malformed;

        var place = _rtpSources.Find(ssrc);
        if (place == _rtpSources.Count && !_rtpSources.HasRoom)
            return SrtpError.TooManySources;

        var seen = _rtpSources.Seen(place);
        if (!seen.TryPlace(sequence, out var index))
            return SrtpError.Replayed;

        Span<byte> rollover = stackalloc byte[RolloverBytes];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        var trailer = _rtp.AuthenticatesRollover ? rollover : default;
        if (!_rtp.TryOpen(packet[..length], header, trailer, new(ssrc, index), packet[length..]))
            return SrtpError.BadTag;

        _rtpSources.Open(place, ssrc).Add(index);
        return SrtpError.None;
    }

    /// <summary>Makes a compound RTCP packet of a protected one.</summary>
    /// <param name="packet">A whole datagram; decrypted in place; on failure it is as it was.</param>
    /// <param name="length">Bytes of the compound packet.</param>
    public SrtpError OpenRtcp(Span<byte> packet, out int length)
    {
        length = packet.Length - _rtcp.TagBytes - IndexBytes;
        if (length is < RtcpClearBytes or > SrtpProfiles.MaxPacketBytes)
            return SrtpError.Malformed;

        var word = _rtcp.IndexIsBehindTag ? packet[^IndexBytes..] : packet.Slice(length, IndexBytes);
        var tag = _rtcp.IndexIsBehindTag ? packet.Slice(length, _rtcp.TagBytes) : packet[(length + IndexBytes)..];
        var flagged = BinaryPrimitives.ReadUInt32BigEndian(word);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[RtcpPacket.HeaderBytes..]);
        var place = _rtcpSources.Find(ssrc);
        if (place == _rtcpSources.Count && !_rtcpSources.HasRoom)
            return SrtpError.TooManySources;

        var index = flagged & ~EncryptedFlag;
        if (!_rtcpSources.Seen(place).IsNew(index))
            return SrtpError.Replayed;

        // RFC 3711 §3.4: without the flag the packet is authenticated only.
        var clear = (flagged & EncryptedFlag) != 0 ? RtcpClearBytes : length;
        if (!_rtcp.TryOpen(packet[..length], clear, word, new(ssrc, index), tag))
            return SrtpError.BadTag;

        _rtcpSources.Open(place, ssrc).Add(index);
        return SrtpError.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    // The padding's count is encrypted, so that only the header can be looked at yet.
    private static bool TryReadHeader(ReadOnlySpan<byte> packet, out int header, out uint ssrc, out ushort sequence)
    {
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        return RtpPacket.ReadHeader(packet, out header) == RtpError.None;
    }
}
