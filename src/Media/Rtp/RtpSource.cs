using System.Buffers.Binary;

namespace TekSipCloud.Media.Rtp;

/// <summary>The stream that a listener has: how its numbers follow from those that come of the source that speaks.</summary>
/// <param name="ssrc">Its identifier in what comes.</param>
/// <param name="first">The first sequence number.</param>
/// <param name="name">Its identifier in what is sent; null for the same.</param>
internal struct RtpSource(uint ssrc, ushort first, uint? name)
{
    // RFC 3550 A.1: how far a sequence number may jump ahead or fall behind before it may be a restart.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;
    private const int Nothing = -1;

    // Two seconds at 8 kHz: a source whose clock went on during an interruption is not further off than that.
    private const int MaxDrift = 16_000;
    private const int UsualPacketTicks = 160;

    private readonly uint _name = name ?? ssrc;
    private ushort _highest = (ushort)(first - 1);
    private ushort _shift;
    private uint _timestampShift;
    private int _restart = Nothing;

    /// <summary>A stream that began elsewhere.</summary>
    public RtpSource(RtpPosition position)
        : this(0, (ushort)(position.Sequence + 1), position.Ssrc) => (LastTimestamp, IsFlowing) = (position.Timestamp, false);

    public uint Ssrc { get; private set; } = ssrc;

    /// <summary>What was sent last.</summary>
    public readonly RtpPosition Position => new(_name, _highest, LastTimestamp);

    public bool IsStarted { get; } = true;

    /// <summary>Whether its packets follow one another; not after some of ours.</summary>
    public bool IsFlowing { get; private set; } = true;

    /// <summary>Whether what is sent differs from what comes.</summary>
    public bool IsAltered { get; private set; } = name is not null;

    /// <summary>The timestamp that was sent last.</summary>
    public uint LastTimestamp { get; set; }

    public bool TryNumber(ushort sequence, out ushort number)
    {
        number = (ushort)(sequence + _shift);
        var ahead = (ushort)(number - _highest);
        if (ahead is >= MaxDropout and <= ushort.MaxValue + 1 - MaxMisorder)
        {
            if (sequence != _restart)
            {
                _restart = (ushort)(sequence + 1);
                return false;
            }

            number = (ushort)(_highest + 1);
            _shift = (ushort)(number - sequence);
            IsAltered = true;
            ahead = 1;
        }

        _restart = Nothing;
        if (ahead < MaxDropout)
            _highest += ahead;
        return true;
    }

    /// <summary>Makes a packet the listener's.</summary>
    public readonly void Alter(Span<byte> packet, ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], number);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) + _timestampShift);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], _name);
    }

    /// <summary>Numbers a packet of ours.</summary>
    public void Insert(Span<byte> packet, uint gap)
    {
        IsFlowing = false;
        LastTimestamp += gap;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], ++_highest);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], LastTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], _name);
    }

    /// <summary>Another source speaks from now on.</summary>
    public void Succeed(uint other)
    {
        if (Ssrc != other)
            IsFlowing = false;
        Ssrc = other;
    }

    /// <summary>
    /// The first packet after ours takes the next number. Its timestamp stays if the source's clock went on meanwhile, and follows ours if it stood still.
    /// </summary>
    public void Resume(Span<byte> packet, ushort sequence)
    {
        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var ahead = (int)(timestamp + _timestampShift - LastTimestamp);
        if (ahead is <= 0 or > MaxDrift)
            _timestampShift = LastTimestamp + UsualPacketTicks - timestamp;
        _shift = (ushort)(_highest + 1 - sequence);
        _restart = Nothing;
        IsFlowing = IsAltered = true;
        // RFC 3551 §4.1
        packet[1] |= 0x80;
    }
}
