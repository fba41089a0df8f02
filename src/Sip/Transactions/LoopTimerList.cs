namespace TekSipCloud.Sip.Transactions;

/// <summary>First-in-first-out list of timers with O(1) removal.</summary>
internal sealed class LoopTimerList(int slot)
{
    private LoopTimer? _last;

    /// <summary>Position in the wheel, or -1 for the list of those about to run.</summary>
    public int Slot { get; } = slot;

    public LoopTimer? First { get; private set; }

    public void Append(LoopTimer timer)
    {
        timer.List = this;
        timer.Previous = _last;
        timer.Next = null;
        if (_last is null)
            First = timer;
        else
            _last.Next = timer;
        _last = timer;
    }

    public void Remove(LoopTimer timer)
    {
        if (timer.Previous is null)
            First = timer.Next;
        else
            timer.Previous.Next = timer.Next;

        if (timer.Next is null)
            _last = timer.Previous;
        else
            timer.Next.Previous = timer.Previous;

        timer.List = null;
        timer.Next = timer.Previous = null;
    }
}
