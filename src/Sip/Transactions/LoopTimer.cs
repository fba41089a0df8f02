namespace TekSipCloud.Sip.Transactions;

/// <summary>A node of the timer wheel: linked into at most one list at a time.</summary>
internal sealed class LoopTimer(SignallingLoop loop, Action<object?> callback, object? state) : ILoopTimer
{
    public LoopTimer? Next { get; set; }

    public LoopTimer? Previous { get; set; }

    public LoopTimerList? List { get; set; }

    public long DueTick { get; set; }

    public bool IsPending => List is not null;

    public void Cancel() => loop.Cancel(this);

    public void Change(TimeSpan due) => loop.Arm(this, due);

    public void Run() => callback(state);
}
