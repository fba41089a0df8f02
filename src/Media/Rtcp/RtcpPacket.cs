using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtcp;

/// <summary>One packet of a compound RTCP datagram, read in place (RFC 3550 §6.1).</summary>
/// <remarks>Borrows the buffer: valid until that is filled again.</remarks>
public readonly ref struct RtcpPacket
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int HeaderBytes = 4;

    private readonly ReadOnlySpan<byte> _packet;

    private RtcpPacket(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>Report count, source count or feedback format: 0 to 31.</summary>
    public int Count => _packet[0] & 0x1F;

    /// <summary>See <see cref="RtcpPacketType"/>.</summary>
    public byte PacketType => _packet[1];

    /// <summary>Whether the last byte counts padding.</summary>
    public bool HasPadding => (_packet[0] & 0x20) != 0;

    /// <summary>What follows the four-byte header, padding included.</summary>
    public ReadOnlySpan<byte> Body => _packet[HeaderBytes..];

    /// <summary>The sender's SSRC, the first word of the body; 0 when there is none.</summary>
    public uint Ssrc => Body.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(Body);

    /// <summary>Of a sender report: what it tells of its sender.</summary>
    public SenderNote Sender => new(
        BinaryPrimitives.ReadUInt64BigEndian(Body[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(Body[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(Body[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(Body[20..]));

    /// <summary>Of a report: its <see cref="Count"/> blocks, each of <see cref="ReportBlock.Bytes"/> bytes; of anything else nothing.</summary>
    public ReadOnlySpan<byte> Blocks => BlocksAt is > 0 and var start ? Body.Slice(start, Count * ReportBlock.Bytes) : default;

    private int BlocksAt => PacketType switch
    {
        RtcpPacketType.SenderReport => 24,
        RtcpPacketType.ReceiverReport => 4,
        _ => 0,
    };

    // A report has room for as many blocks as it says.
    private bool IsWhole => BlocksAt is not (> 0 and var start) || Body.Length >= start + Count * ReportBlock.Bytes;

    /// <summary>Takes the next packet off a compound.</summary>
    /// <param name="rest">What is left of the datagram; moved behind the packet on success.</param>
    /// <param name="packet">The packet; its members may only be read on success.</param>
    /// <returns>False at the end, or when version or length are wrong (RFC 3550 A.2).</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out RtcpPacket packet)
    {
        packet = default;
        if (rest.Length < HeaderBytes || rest[0] >> 6 != 2)
            return false;

        // RFC 3550 §6.4.1: the length is in 32-bit words minus one.
        var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 1);
        if (length > rest.Length)
            return false;

        packet = new RtcpPacket(rest[..length]);
        rest = rest[length..];
        return true;
    }

    /// <summary>
    /// Whether a datagram is RTCP: known range of types, version 2 throughout, lengths that add up (RFC 3550 A.2), also those of reports.
    /// </summary>
    /// <remarks>The first packet need not be a report, as RFC 5506 allows.</remarks>
    public static bool IsCompound(ReadOnlySpan<byte> datagram)
    {
        var packets = 0;
        while (TryRead(ref datagram, out var packet))
        {
            if (!IsType(packet.PacketType) || !packet.IsWhole)
                return false;

            packets++;
        }

        return packets > 0 && datagram.IsEmpty;
    }

    /// <summary>Whether a datagram begins as RTCP does, which also an encrypted one has in the clear (RFC 3711 §3.4).</summary>
    public static bool HasHeader(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderBytes && datagram[0] >> 6 == 2 && IsType(datagram[1]);

    // RFC 5761 §4: RTCP packet types are 192 to 223.
    private static bool IsType(byte type) => type is >= 192 and <= 223;
}
