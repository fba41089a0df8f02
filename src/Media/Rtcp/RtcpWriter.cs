using System.Buffers.Binary;
using System.Buffers.Text;

namespace TekSipCloud.Media.Rtcp;

/// <summary>Writes a compound RTCP packet into a buffer (RFC 3550 §6.1); allocates nothing.</summary>
/// <param name="buffer">At least <see cref="MaxBytes"/> for a report, its source description and a goodbye.</param>
public ref struct RtcpWriter(Span<byte> buffer)
{
    /// <summary>The longest that a report with one block, a source description and a goodbye become.</summary>
    public const int MaxBytes = 28 + ReportBlock.Bytes + 28 + 8;

    /// <summary>Random bytes of a canonical name (RFC 7022 §4.2: at least 96 bits).</summary>
    public const int NameBytes = 12;

    private const int NameLetters = 16;
    private const byte CanonicalName = 1;
    private readonly Span<byte> _buffer = buffer;

    /// <summary>How much is written.</summary>
    public int Length { get; private set; }

    /// <summary>A sender report (RFC 3550 §6.4.1); with at most one block.</summary>
    public void SenderReport(uint ssrc, in SenderNote sent, ReportBlock? block)
    {
        var body = Begin(RtcpPacketType.SenderReport, block is null ? 0 : 1, 24 + (block is null ? 0 : ReportBlock.Bytes));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(body[4..], sent.NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], sent.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[16..], sent.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(body[20..], sent.Octets);
        block?.Write(body[24..]);
    }

    /// <summary>A receiver report (RFC 3550 §6.4.2); with at most one block.</summary>
    public void ReceiverReport(uint ssrc, ReportBlock? block)
    {
        var body = Begin(RtcpPacketType.ReceiverReport, block is null ? 0 : 1, 4 + (block is null ? 0 : ReportBlock.Bytes));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        block?.Write(body[4..]);
    }

    /// <summary>A source description with a canonical name (RFC 3550 §6.5.1), which says nothing about anybody (RFC 7022).</summary>
    /// <param name="ssrc">Whose.</param>
    /// <param name="name"><see cref="NameBytes"/> random bytes.</param>
    public void SourceDescription(uint ssrc, ReadOnlySpan<byte> name)
    {
        // RFC 3550 §6.5: the item is followed by a zero byte at least, up to the next word.
        var body = Begin(RtcpPacketType.SourceDescription, 1, 24);
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        (body[4], body[5]) = (CanonicalName, NameLetters);
        _ = Base64.EncodeToUtf8(name[..NameBytes], body[6..22], out _, out _);
        body[22..24].Clear();
    }

    /// <summary>A goodbye (RFC 3550 §6.6).</summary>
    public void Bye(uint ssrc) => BinaryPrimitives.WriteUInt32BigEndian(Begin(RtcpPacketType.Bye, 1, 4), ssrc);

    private Span<byte> Begin(byte type, int count, int bodyBytes)
    {
        var packet = _buffer.Slice(Length, RtcpPacket.HeaderBytes + bodyBytes);
        packet[0] = (byte)(0x80 | count);
        packet[1] = type;
        // RFC 3550 §6.4.1: in words, minus one.
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(bodyBytes / 4));
        Length += packet.Length;
        return packet[RtcpPacket.HeaderBytes..];
    }
}
