using System.Buffers.Binary;
using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Srtp;

/// <summary>Protects what a party gets with the key that it was told.</summary>
/// <remarks>Allocates nothing per packet, but for a source's first. One thread at a time.</remarks>
public sealed class SrtpSender : IDisposable
{
    private const int RolloverBytes = 4;
    private const int IndexBytes = 4;
    private const int RtcpClearBytes = 8;
    private const uint EncryptedFlag = 0x8000_0000;

    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private readonly SrtpSources _rtpSources = new();
    private uint _rtcpIndex;

    /// <summary>With the key that the party was told.</summary>
    public SrtpSender(SrtpKey key)
    {
        using var keys = new KeyDerivation(key);
        _rtp = SrtpTransform.ForRtp(key, keys);
        _rtcp = SrtpTransform.ForRtcp(key, keys);
        RtcpTagBytes = _rtcp.TagBytes;
    }

    /// <summary>Bytes of the tags of RTCP: the profile's, or <see cref="SrtpReceiver.RtcpTagBytes"/> of a party that has others.</summary>
    internal int RtcpTagBytes { get; set; }

    /// <summary>Protects an RTP packet in place.</summary>
    /// <param name="buffer">The packet, and <see cref="SrtpProfiles.MaxOverheadBytes"/> more.</param>
    /// <param name="length">The packet's bytes.</param>
    /// <param name="protectedLength">What is to be sent.</param>
    /// <returns>
    /// <see cref="SrtpError.Replayed"/> for a packet that was sent before: the same key stream over another text would give both away.
    /// </returns>
    public SrtpError Seal(Span<byte> buffer, int length, out int protectedLength)
    {
        protectedLength = length + _rtp.TagBytes;
        var packet = buffer[..length];
        if (length > SrtpProfiles.MaxPacketBytes || RtpPacket.ReadHeader(packet, out var header) != RtpError.None)
            return SrtpError.Malformed;

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var place = _rtpSources.Find(ssrc);
        if (place == _rtpSources.Count && !_rtpSources.HasRoom)
            return SrtpError.TooManySources;

        ref var sent = ref _rtpSources.Open(place, ssrc);
        if (!sent.TryPlace(sequence, out var index))
            return SrtpError.Replayed;

        sent.Add(index);
        Span<byte> rollover = stackalloc byte[RolloverBytes];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        var trailer = _rtp.AuthenticatesRollover ? rollover : default;
        _rtp.Seal(packet, header, trailer, new(ssrc, index), buffer[length..protectedLength]);
        return SrtpError.None;
    }

    /// <summary>Protects a compound RTCP packet in place.</summary>
    /// <param name="buffer">The packet, and <see cref="SrtpProfiles.MaxOverheadBytes"/> more.</param>
    /// <param name="length">The packet's bytes.</param>
    /// <param name="protectedLength">What is to be sent.</param>
    public SrtpError SealRtcp(Span<byte> buffer, int length, out int protectedLength)
    {
        protectedLength = length + RtcpTagBytes + IndexBytes;
        if (length is < RtcpClearBytes or > SrtpProfiles.MaxPacketBytes)
            return SrtpError.Malformed;

        // RFC 3711 §9.2: 2^31 packets are more than any call has, but one more would repeat the first.
        if (_rtcpIndex == EncryptedFlag)
            return SrtpError.Replayed;

        var index = _rtcpIndex++;
        var tagAt = _rtcp.IsTagFirst ? length : length + IndexBytes;
        var wordAt = _rtcp.IsTagFirst ? length + RtcpTagBytes : length;
        var word = buffer.Slice(wordAt, IndexBytes);
        BinaryPrimitives.WriteUInt32BigEndian(word, index | EncryptedFlag);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[RtcpPacket.HeaderBytes..]);
        _rtcp.Seal(buffer[..length], RtcpClearBytes, word, new(ssrc, index), buffer.Slice(tagAt, RtcpTagBytes));
        return SrtpError.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }
}
