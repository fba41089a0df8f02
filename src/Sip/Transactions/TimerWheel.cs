using System.Numerics;

namespace TekSipCloud.Sip.Transactions;

/// <summary>Hashed timer wheel of 10 ms ticks: adding, cancelling and firing cost O(1), however many transactions wait.</summary>
internal sealed class TimerWheel
{
    /// <summary>Length of a tick, in <see cref="TimeSpan"/> ticks.</summary>
    public const long TickLength = 10 * TimeSpan.TicksPerMillisecond;

    // 41 s: the longest timer of RFC 3261 (64*T1) needs one turn.
    private const int SlotCount = 4096;

    private readonly LoopTimerList?[] _slots = new LoopTimerList?[SlotCount];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private readonly LoopTimerList _expired = new(slot: -1);
    private long _tick;

    /// <summary>Timers that are armed.</summary>
    public int Count { get; private set; }

    public void Add(LoopTimer timer, long dueTick, long nowTick)
    {
        // Nothing is skipped by leaping over the time in which no timer was armed.
        if (Count == 0)
            _tick = Math.Max(_tick, nowTick);

        timer.DueTick = Math.Max(dueTick, _tick + 1);
        var slot = (int)(timer.DueTick % SlotCount);
        (_slots[slot] ??= new(slot)).Append(timer);
        _occupied[slot / 64] |= 1UL << (slot % 64);
        Count++;
    }

    public void Remove(LoopTimer timer)
    {
        if (timer.List is not { } list)
            return;

        list.Remove(timer);
        Count--;
        if (list.Slot >= 0 && list.First is null)
            _occupied[list.Slot / 64] &= ~(1UL << (list.Slot % 64));
    }

    /// <summary>The next timer due at <paramref name="nowTick"/> in due order, taken out of the wheel; null when none is due.</summary>
    public LoopTimer? TakeDue(long nowTick)
    {
        while (_expired.First is null && _tick < nowTick)
        {
            _tick = Math.Min(nowTick, NextOccupiedTick());
            Expire((int)(_tick % SlotCount));
        }

        var timer = _expired.First;
        if (timer is not null)
            Remove(timer);
        return timer;
    }

    /// <summary>No timer fires before this tick; <see cref="long.MaxValue"/> when none is armed.</summary>
    public long NextDueTick() => Count switch
    {
        0 => long.MaxValue,
        _ when _expired.First is not null => _tick,
        _ => NextOccupiedTick(),
    };

    private void Expire(int slot)
    {
        for (var timer = _slots[slot]?.First; timer is not null;)
        {
            var next = timer.Next;
            if (timer.DueTick <= _tick)
            {
                Remove(timer);
                _expired.Append(timer);
                Count++;
            }
            timer = next;
        }
    }

    private long NextOccupiedTick()
    {
        var start = (int)((_tick + 1) % SlotCount);
        for (var scanned = 0; scanned < SlotCount;)
        {
            var slot = (start + scanned) % SlotCount;
            var word = _occupied[slot / 64] >> (slot % 64);
            if (word != 0)
                return _tick + 1 + scanned + BitOperations.TrailingZeroCount(word);
            scanned += 64 - (slot % 64);
        }
        return _tick + SlotCount;
    }
}
