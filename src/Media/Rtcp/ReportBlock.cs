using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtcp;

/// <summary>What a receiver tells of one source (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The source.</param>
/// <param name="FractionLost">The share lost since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Packets lost since the beginning, <see cref="MinLost"/> to <see cref="MaxLost"/>; duplicates make it negative.</param>
/// <param name="HighestSequence">The highest sequence number received, the number of wraps in its upper half.</param>
/// <param name="JitterTicks">Interarrival jitter in ticks of the payload's clock.</param>
/// <param name="LastReport">The middle 32 bits of the NTP time in the source's last sender report; 0 for none.</param>
/// <param name="DelaySinceLastReport">How long ago that one came, in 1/65,536 s.</param>
public readonly record struct ReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint JitterTicks, uint LastReport, uint DelaySinceLastReport)
{
    /// <summary>Bytes of a block.</summary>
    public const int Bytes = 24;

    /// <summary>The largest <see cref="CumulativeLost"/>: it has 24 bits with a sign.</summary>
    public const int MaxLost = 0x7F_FFFF;

    /// <summary>The least.</summary>
    public const int MinLost = -0x80_0000;

    /// <summary>Reads a block.</summary>
    /// <param name="block">At least <see cref="Bytes"/> bytes.</param>
    public static ReportBlock Read(ReadOnlySpan<byte> block)
    {
        var loss = BinaryPrimitives.ReadInt32BigEndian(block[4..]);
        return new(
            BinaryPrimitives.ReadUInt32BigEndian(block),
            (byte)(loss >> 24),
            loss << 8 >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
    }

    /// <summary>Writes it.</summary>
    /// <param name="block">At least <see cref="Bytes"/> bytes.</param>
    public void Write(Span<byte> block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(block[4..], (uint)FractionLost << 24 | (uint)CumulativeLost & 0xFF_FFFF);
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], JitterTicks);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], DelaySinceLastReport);
    }

    /// <summary>
    /// The time that a report took there and this block back (RFC 3550 §6.4.1): null where it answers none, or its figures cannot be.
    /// </summary>
    /// <param name="arrival">When the block came, as the middle 32 bits of NTP time by the clock of the reports.</param>
    public TimeSpan? RoundTrip(uint arrival)
    {
        var units = (int)(arrival - LastReport - DelaySinceLastReport);
        return LastReport == 0 || units < -NtpTime.MiddleUnitsPerSecond / 1000 ? null
            : TimeSpan.FromSeconds(Math.Max(0, units) / (double)NtpTime.MiddleUnitsPerSecond);
    }
}
