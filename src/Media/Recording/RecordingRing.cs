using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Recording;

/// <summary>
/// What a recorded call's parties say, on its way from the relay's thread to the writer's: one puts, one takes, neither waits. Bounded: what finds
/// no room is lost, and known to be.
/// </summary>
public sealed class RecordingRing
{
    /// <summary>Bytes of the ring: both parties for three seconds.</summary>
    public const int Capacity = 1 << 16;

    /// <summary>The longest payload recorded: 200 ms of G.711, the most that phones put into a packet.</summary>
    public const int MaxPayloadBytes = 1600;

    private const int HeadBytes = 24;
    private const ushort ToTheStart = ushort.MaxValue;

    private readonly byte[] _bytes = new byte[Capacity];
    private long _put;
    private long _taken;
    private volatile bool _isOverrun;

    /// <summary>Whether something was lost since it was not taken in time.</summary>
    public bool IsOverrun => _isOverrun;

    /// <summary>Copies a packet, if it is sound in G.711; on the relay's thread.</summary>
    internal void Put(int channel, in RtpPacket packet, long arrival)
    {
        var payload = packet.Payload;
        if (packet.PayloadType is not (0 or 8) || payload.Length is 0 or > MaxPayloadBytes)
            return;

        var size = SizeOf(payload.Length);
        var offset = (int)(_put & (Capacity - 1));
        // A packet lies in one piece: one that would go over the end begins at the start.
        var skipped = offset + size > Capacity ? Capacity - offset : 0;
        if (_put + skipped + size - Volatile.Read(ref _taken) > Capacity)
        {
            _isOverrun = true;
            return;
        }

        if (skipped > 0)
        {
            MemoryMarshal.Write(_bytes.AsSpan(offset), ToTheStart);
            offset = 0;
        }

        var head = _bytes.AsSpan(offset, HeadBytes);
        MemoryMarshal.Write(head, (ushort)payload.Length);
        head[2] = (byte)channel;
        head[3] = packet.PayloadType;
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], packet.SequenceNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], packet.Timestamp);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], packet.Ssrc);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], arrival);
        payload.CopyTo(_bytes.AsSpan(offset + HeadBytes));
        Volatile.Write(ref _put, _put + skipped + size);
    }

    /// <summary>Looks at the oldest packet; <see cref="Release"/> makes room again. On the writer's thread.</summary>
    internal bool TryPeek(out RecordedPacket packet)
    {
        packet = default;
        if (_taken == Volatile.Read(ref _put))
            return false;

        var offset = (int)(_taken & (Capacity - 1));
        if (MemoryMarshal.Read<ushort>(_bytes.AsSpan(offset)) == ToTheStart)
        {
            Volatile.Write(ref _taken, _taken + Capacity - offset);
            offset = 0;
        }

        var head = _bytes.AsSpan(offset, HeadBytes);
        packet = new RecordedPacket
        {
            Channel = head[2],
            PayloadType = head[3],
            SequenceNumber = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]),
            Timestamp = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]),
            Ssrc = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]),
            Arrival = BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            Payload = _bytes.AsSpan(offset + HeadBytes, MemoryMarshal.Read<ushort>(head)),
        };
        return true;
    }

    /// <summary>Gives back the room of the packet looked at.</summary>
    internal void Release(in RecordedPacket packet) => Volatile.Write(ref _taken, _taken + SizeOf(packet.Payload.Length));

    // Each begins where eight bytes do, so that a mark always fits in before the end.
    private static int SizeOf(int payload) => HeadBytes + payload + 7 & ~7;
}
