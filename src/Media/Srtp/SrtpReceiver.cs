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
    private readonly byte[] _identifier;
    private readonly int _rtpTagBytes;
    private readonly SrtpSources _rtpSources = new();
    private readonly SrtpSources _rtcpSources = new();
    private bool _knowsRtcpTag;

    /// <summary>With the key that the party says it sends with.</summary>
    public SrtpReceiver(SrtpKey key)
    {
        using var keys = new KeyDerivation(key);
        _rtp = SrtpTransform.ForRtp(key, keys);
        _rtcp = SrtpTransform.ForRtcp(key, keys);
        _identifier = key.Identifier.ToArray();
        _rtpTagBytes = _rtp.TagBytes;
        RtcpTagBytes = _rtcp.TagBytes;
        _knowsRtcpTag = _rtpTagBytes == RtcpTagBytes;
    }

    /// <summary>
    /// Bytes of the tags of the party's RTCP. RFC 4568 §6.2.2 has ten where RTP has four, many phones have four: the first packet whose
    /// tag is right says it for all, and one with a shorter tag than the party's own is not taken.
    /// </summary>
    public int RtcpTagBytes { get; private set; }

    /// <summary>Makes an RTP packet of a protected one.</summary>
    /// <param name="packet">A whole datagram; decrypted in place; on failure it is as it was.</param>
    /// <param name="length">Bytes of the RTP packet.</param>
    public SrtpError Open(Span<byte> packet, out int length)
    {
        length = packet.Length - _rtpTagBytes - _identifier.Length;
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
        var behind = new SrtpTrailer(packet[length..], 0, _rtpTagBytes, _rtp.IsTagFirst);
        if (!behind.Identifier.SequenceEqual(_identifier) || !_rtp.TryOpen(packet[..length], header, trailer, new(ssrc, index), behind.Tag))
            return SrtpError.BadTag;

        _rtpSources.Open(place, ssrc).Add(index);
        return SrtpError.None;
    }

    /// <summary>Makes a compound RTCP packet of a protected one.</summary>
    /// <param name="packet">A whole datagram; decrypted in place; on failure it is as it was.</param>
    /// <param name="length">Bytes of the compound packet.</param>
    public SrtpError OpenRtcp(Span<byte> packet, out int length)
    {
        var error = OpenRtcp(packet, RtcpTagBytes, out length);
        if (_knowsRtcpTag)
            return error;

        if (error != SrtpError.None)
        {
            if (OpenRtcp(packet, _rtpTagBytes, out var shorter) != SrtpError.None)
                return error;

            (RtcpTagBytes, length) = (_rtpTagBytes, shorter);
        }

        _knowsRtcpTag = true;
        return SrtpError.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private SrtpError OpenRtcp(Span<byte> packet, int tagBytes, out int length)
    {
        length = packet.Length - tagBytes - IndexBytes - _identifier.Length;
        if (length is < RtcpClearBytes or > SrtpProfiles.MaxPacketBytes || !RtcpPacket.HasHeader(packet))
            return SrtpError.Malformed;

        var behind = new SrtpTrailer(packet[length..], IndexBytes, tagBytes, _rtcp.IsTagFirst);
        var flagged = BinaryPrimitives.ReadUInt32BigEndian(behind.Word);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[RtcpPacket.HeaderBytes..]);
        var place = _rtcpSources.Find(ssrc);
        if (place == _rtcpSources.Count && !_rtcpSources.HasRoom)
            return SrtpError.TooManySources;

        var index = flagged & ~EncryptedFlag;
        if (!_rtcpSources.Seen(place).IsNew(index))
            return SrtpError.Replayed;

        // RFC 3711 §3.4: without the flag the packet is authenticated only.
        var clear = (flagged & EncryptedFlag) != 0 ? RtcpClearBytes : length;
        if (!behind.Identifier.SequenceEqual(_identifier) || !_rtcp.TryOpen(packet[..length], clear, behind.Word, new(ssrc, index), behind.Tag))
            return SrtpError.BadTag;

        _rtcpSources.Open(place, ssrc).Add(index);
        return SrtpError.None;
    }

    // The padding's count is encrypted, so that only the header can be looked at yet.
    private static bool TryReadHeader(ReadOnlySpan<byte> packet, out int header, out uint ssrc, out ushort sequence)
    {
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        return RtpPacket.ReadHeader(packet, out header) == RtpError.None;
    }
}
