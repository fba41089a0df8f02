namespace TekSipCloud.Sip.Transactions;

/// <summary>A timer of a <see cref="SignallingLoop"/>. Used only on its loop; cancelling and changing cost O(1).</summary>
public interface ILoopTimer
{
    /// <summary>Whether the callback is still to come.</summary>
    bool IsPending { get; }

    /// <summary>Makes sure that the callback does not run any more; harmless when it already ran.</summary>
    void Cancel();

    /// <summary>Arms the timer anew, pending or not: the callback runs once, not earlier than <paramref name="due"/> from now.</summary>
    void Change(TimeSpan due);
}
