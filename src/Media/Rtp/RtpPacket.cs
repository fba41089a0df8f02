using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtp;

/// <summary>Reads the header of an RTP packet in place (RFC 3550 §5.1).</summary>
/// <remarks>Borrows the buffer: valid until that is filled again.</remarks>
public readonly ref struct RtpPacket
{
    /// <summary>Bytes of a header without CSRCs and extension.</summary>
    public const int MinHeaderBytes = 12;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly int _payloadStart;
    private readonly int _payloadEnd;
    private readonly int _extensionStart;

    private RtpPacket(ReadOnlySpan<byte> packet, int extensionStart, int payloadStart, int payloadEnd)
    {
        _packet = packet;
        _extensionStart = extensionStart;
        _payloadStart = payloadStart;
        _payloadEnd = payloadEnd;
    }

    /// <summary>The marker bit: for audio, the first packet after silence (RFC 3551 §4.1).</summary>
    public bool Marker => (_packet[1] & 0x80) != 0;

    /// <summary>0 to 127.</summary>
    public byte PayloadType => (byte)(_packet[1] & 0x7F);

    /// <summary>Wraps after 65535.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_packet[2..]);

    /// <summary>Sampling instant of the first byte, in ticks of the payload's clock.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_packet[4..]);

    /// <summary>The synchronization source.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_packet[8..]);

    /// <summary>How many contributing sources are listed, 0 to 15.</summary>
    public int CsrcCount => _packet[0] & 0x0F;

    /// <summary>Whether a header extension follows the CSRCs (RFC 3550 §5.3.1).</summary>
    public bool HasExtension => (_packet[0] & 0x10) != 0;

    /// <summary>The extension's profile field, such as 0xBEDE (RFC 8285); 0 without extension.</summary>
    public ushort ExtensionProfile =>
        HasExtension ? BinaryPrimitives.ReadUInt16BigEndian(_packet[_extensionStart..]) : (ushort)0;

    /// <summary>The extension's content; empty without extension.</summary>
    public ReadOnlySpan<byte> Extension =>
        HasExtension ? _packet[(_extensionStart + 4).._payloadStart] : default;

    /// <summary>The payload without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload => _packet[_payloadStart.._payloadEnd];

    /// <summary>Reads a datagram.</summary>
    /// <param name="datagram">One whole datagram.</param>
    /// <param name="packet">The packet; its members may only be read on success.</param>
    /// <param name="error">Why it is none.</param>
    /// <returns>Whether it is an RTP packet of version 2 whose lengths agree.</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out RtpPacket packet, out RtpError error)
    {
        packet = default;
        error = FindBounds(datagram, out var extensionStart, out var payloadStart, out var payloadEnd);
        if (error != RtpError.None)
            return false;

        packet = new RtpPacket(datagram, extensionStart, payloadStart, payloadEnd);
        return true;
    }

    /// <summary>Finds where the header ends, which also an encrypted packet has in the clear (RFC 3711 §3.1).</summary>
    /// <param name="datagram">One whole datagram.</param>
    /// <param name="headerBytes">The header with CSRCs and extension.</param>
    /// <returns>Why it is no packet, or <see cref="RtpError.None"/>.</returns>
    public static RtpError ReadHeader(ReadOnlySpan<byte> datagram, out int headerBytes) => FindHeader(datagram, out _, out headerBytes);

    /// <summary>Octets of a valid packet's payload, without header and padding (RFC 3550 §6.4.1).</summary>
    /// <param name="packet">A packet that <see cref="TryParse"/> takes.</param>
    public static int CountPayloadOctets(ReadOnlySpan<byte> packet) =>
        packet[0] == 0x80 ? packet.Length - MinHeaderBytes
        : FindBounds(packet, out _, out var start, out var end) == RtpError.None ? end - start
        : 0;

    private static RtpError FindBounds(
        ReadOnlySpan<byte> datagram, out int extensionStart, out int payloadStart, out int payloadEnd)
    {
        payloadEnd = 0;
        var error = FindHeader(datagram, out extensionStart, out payloadStart);
        if (error != RtpError.None)
            return error;

        // RFC 3550 A.1: the last byte of a padded packet counts the padding, itself included.
        var hasPadding = (datagram[0] & 0x20) != 0;
        var padding = hasPadding ? datagram[^1] : 0;
        payloadEnd = datagram.Length - padding;
        return payloadEnd < payloadStart || hasPadding && padding == 0 ? RtpError.BadPadding : RtpError.None;
    }

    private static RtpError FindHeader(ReadOnlySpan<byte> datagram, out int extensionStart, out int payloadStart)
    {
        extensionStart = payloadStart = 0;
        if (datagram.Length < MinHeaderBytes)
            return RtpError.TooShort;

        // RFC 3550 A.1: the version must be 2.
        if (datagram[0] >> 6 != 2)
            return RtpError.BadVersion;

        // RFC 5761 §4: payload types 64 to 95 with the marker bit are RTCP packet types.
        if (datagram[1] is >= 192 and <= 223)
            return RtpError.IsRtcp;

        extensionStart = payloadStart = MinHeaderBytes + (datagram[0] & 0x0F) * 4;
        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length < extensionStart + 4)
                return RtpError.TooShort;

            // RFC 3550 §5.3.1: the length counts 32-bit words after its own four bytes.
            payloadStart += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(extensionStart + 2)..]);
        }

        return datagram.Length < payloadStart ? RtpError.TooShort : RtpError.None;
    }
}
