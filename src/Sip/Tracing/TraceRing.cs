using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Tracing;

/// <summary>
/// The latest entries in a buffer of fixed size: each new one overwrites the oldest. One thread writes; any thread reads at the same time without
/// holding it up, and what was overwritten under its hands it leaves out.
/// </summary>
/// <remarks>
/// Positions only grow; modulo the capacity they are places in the buffer. An entry never wraps: where the room to the end is too small a filler
/// takes it. The tail moves before the bytes behind it are overwritten, the head after an entry is whole, so a reader that finds the tail still
/// before an entry after it copied it has copied that entry. It moves by several entries at a time.
/// </remarks>
internal sealed class TraceRing
{
    /// <summary>The least that a ring can hold.</summary>
    public const int MinCapacity = 64 << 10;

    private const int Alignment = 8;

    /// <summary>In how many steps, about, the tail goes once round.</summary>
    private const int Steps = 64;

    private readonly byte[] _buffer;

    // Positions of entries to which the tail may move, oldest first. The entries themselves, which would tell as well, have long left the
    // processor's caches when they are to be overwritten.
    private readonly Queue<long> _marks = new(2 * Steps);
    private long _tail;
    private long _head;
    private long _newHead;

    private long _nextMark;

    // Where the head is in the buffer; the writer's own, which so need not divide.
    private int _headPlace;

    /// <param name="capacity">Bytes, at least <see cref="MinCapacity"/>; rounded down to a multiple of eight.</param>
    public TraceRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        _buffer = GC.AllocateUninitializedArray<byte>(capacity & ~(Alignment - 1));
    }

    /// <summary>The longest content kept; of longer ones the beginning is.</summary>
    public int MaxContent => (_buffer.Length / 4) - TraceEntry.Size;

    /// <summary>Begins an entry, which nobody sees before <see cref="End"/>. Allocates nothing.</summary>
    /// <param name="content">Copied.</param>
    /// <returns>Where the rest of it is to be written, in the ring itself: all but its lengths.</returns>
    public ref TraceEntry Begin(ReadOnlySpan<byte> content)
    {
        content = content[..Math.Min(content.Length, MaxContent)];
        var length = (TraceEntry.Size + content.Length + Alignment - 1) & ~(Alignment - 1);
        var room = _buffer.Length - _headPlace;
        var filler = room < length ? room : 0;
        MakeRoom(filler + length);
        if (filler > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_headPlace), filler);
            _headPlace = 0;
        }

        Mark(_head + filler);
        ref var entry = ref MemoryMarshal.AsRef<TraceEntry>(_buffer.AsSpan(_headPlace));
        entry.ContentLength = content.Length;
        entry.TotalLength = length;
        content.CopyTo(_buffer.AsSpan(_headPlace + TraceEntry.Size));
        _headPlace = Wrapped(_headPlace + length);
        _newHead = _head + filler + length;
        return ref entry;
    }

    /// <summary>Shows the entry that was begun.</summary>
    public void End() => Volatile.Write(ref _head, _newHead);

    /// <summary>Copies the entries that are wanted, oldest first.</summary>
    /// <param name="isWanted">Whether to copy one. It may be shown content that is being overwritten, so it must bear any bytes.</param>
    /// <param name="found">Takes the copies.</param>
    public void Read(TraceFilter isWanted, List<(TraceEntry Entry, byte[] Content)> found)
    {
        var position = Volatile.Read(ref _tail);
        var end = Volatile.Read(ref _head);
        while (position < end)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(PlaceOf(position)));
            var kind = _buffer[PlaceOf(position) + sizeof(int)];
            if (!IsWhole(ref position))
                continue;

            if (kind != 0)
                TryTake(position, isWanted, found);
            if (IsWhole(ref position))
                position += length;
        }
    }

    private void TryTake(long position, TraceFilter isWanted, List<(TraceEntry Entry, byte[] Content)> found)
    {
        var entry = MemoryMarshal.Read<TraceEntry>(_buffer.AsSpan(PlaceOf(position)));
        var unmoved = position;
        if (!IsWhole(ref unmoved))
            return;

        var content = _buffer.AsSpan(PlaceOf(position) + TraceEntry.Size, entry.ContentLength);
        if (!isWanted(entry, content))
            return;

        var copy = content.ToArray();
        if (IsWhole(ref unmoved))
            found.Add((entry, copy));
    }

    /// <summary>Whether what was read at a position until now was not overwritten; else the position is that of the oldest entry.</summary>
    private bool IsWhole(ref long position)
    {
        Interlocked.MemoryBarrier();
        var tail = Volatile.Read(ref _tail);
        if (tail <= position)
            return true;

        position = tail;
        return false;
    }

    private void MakeRoom(int needed)
    {
        var least = _head + needed - _buffer.Length;
        if (_tail >= least)
            return;

        var tail = _tail;
        while (tail < least)
            tail = _marks.TryDequeue(out var mark) ? mark : _head;

        Volatile.Write(ref _tail, tail);
        // No byte of the new entry may be seen before the tail has moved.
        Interlocked.MemoryBarrier();
    }

    private void Mark(long position)
    {
        if (position < _nextMark)
            return;

        _marks.Enqueue(position);
        _nextMark = position + (_buffer.Length / Steps);
    }

    /// <summary>The place of the next entry, where one ends: none goes beyond the end of the buffer.</summary>
    private int Wrapped(int place) => place == _buffer.Length ? 0 : place;

    private int PlaceOf(long position) => (int)(position % _buffer.Length);
}
