namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Tells a loop when to let datagrams gather, as network cards moderate their interrupts. At a few thousand a second nearly each one finds the loop
/// asleep, and to wake it costs more than the datagram does; taken once a millisecond several share a wake-up, a receive and a send. A loop with much
/// to do is never asked to: there they gather by themselves. For one loop.
/// </summary>
internal sealed class WakeModeration
{
    /// <summary>How long datagrams may gather; a hop of a message takes this much longer at most (T1, RFC 3261 §17.1.1.1, is five hundred times as long).</summary>
    public const int RestMilliseconds = 1;

    private const int WindowMilliseconds = 10;

    /// <summary>Wake-ups in a window from which on it pays: one and a half in each rest.</summary>
    private const int ManyWakes = 15;

    /// <summary>While it is on, a window has at most one wake-up in each rest: with so few, most rests find next to nothing.</summary>
    private const int FewWakes = 6;

    /// <summary>The share of its time that a loop is at work, above which it does not rest.</summary>
    private const double Busy = 0.25;

    private readonly long _millisecond;
    private long _began;
    private long _slept;
    private int _wakes;

    /// <param name="frequency">Timestamps in a second.</param>
    public WakeModeration(long frequency) => _millisecond = frequency / 1_000;

    /// <summary>Whether the loop is to rest after it has taken what came, before it waits for more.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A wait for the sockets is over, between two timestamps.</summary>
    public void OnWaited(long from, long until, bool hasCome)
    {
        _slept += until - from;
        _wakes += hasCome ? 1 : 0;
        if (until - _began < WindowMilliseconds * _millisecond)
            return;

        Decide(until - _began);
        (_began, _slept, _wakes) = (until, 0, 0);
    }

    /// <summary>A rest is over, between two timestamps.</summary>
    public void OnRested(long from, long until) => _slept += until - from;

    private void Decide(long passed)
    {
        var wakes = _wakes * (double)WindowMilliseconds * _millisecond / passed;
        IsOn = wakes >= (IsOn ? FewWakes : ManyWakes) && passed - _slept <= passed * Busy;
    }
}
