using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Overload;

/// <summary>Measures how long a loop takes to get to a piece of work, by giving it one that does nothing; one at a time.</summary>
internal sealed class LoopProbe(SignallingLoop loop, TimeProvider clock)
{
    private long _sentAt;
    private long _tookTicks;

    /// <summary>Reads the delay and sends the next probe, unless the loop sleeps. A probe that is still under way counts with the time it has taken so far.</summary>
    public TimeSpan Read()
    {
        var sentAt = Volatile.Read(ref _sentAt);
        if (sentAt != 0)
            return clock.GetElapsedTime(sentAt);

        // Whoever sleeps has nothing to get to first, and is not woken to be told so. What lies in its sockets is measured there.
        if (loop.IsAsleep)
        {
            Volatile.Write(ref _tookTicks, 0);
            return TimeSpan.Zero;
        }

        var took = TimeSpan.FromTicks(Volatile.Read(ref _tookTicks));
        Volatile.Write(ref _sentAt, clock.GetTimestamp());
        // A loop that takes no more work is as late as can be; the next look tries again.
        if (!loop.Post(static (probe, _) => ((LoopProbe)probe!).OnReached(), this))
            Volatile.Write(ref _sentAt, 0);
        return took;
    }

    private void OnReached()
    {
        Volatile.Write(ref _tookTicks, clock.GetElapsedTime(_sentAt).Ticks);
        Volatile.Write(ref _sentAt, 0);
    }
}
