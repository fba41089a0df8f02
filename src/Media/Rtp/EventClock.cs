namespace TekSipCloud.Media.Rtp;

/// <summary>
/// Tells when DTMF events began (RFC 4733 §2.1) by another clock than their sender's, so that they stay in the course of the audio whose
/// packets have the same source: that goes on unchanged.
/// </summary>
/// <remarks>A value that is changed in place; one thread.</remarks>
internal struct EventClock
{
    /// <summary>Further apart, two timestamps are not of one clock: a sender may count events by themselves.</summary>
    private const int MaxGapSeconds = 10;

    /// <summary>How far such an event is put behind what came before: a packet of 20 ms.</summary>
    private const int StepsPerSecond = 50;

    private uint _theirs;
    private uint _ours;
    private uint _event;
    private uint _eventOurs;
    private bool _hasEvent;

    /// <summary>A packet of audio passed, unchanged.</summary>
    public void Pass(uint timestamp) => _theirs = _ours = timestamp;

    /// <summary>The timestamp by our clock; the same for all packets of an event, another one for the next.</summary>
    /// <param name="timestamp">By the sender's clock: when the event began.</param>
    /// <param name="from">The sender's clock rate in Hz.</param>
    /// <param name="to">Ours.</param>
    public uint Tell(uint timestamp, int from, int to)
    {
        // Audio may come between two packets of an event: those of another thread in the sender, or late ones.
        if (_hasEvent && timestamp == _event)
            return _eventOurs;

        var gap = (long)(int)(timestamp - _theirs);
        var isOneClock = Math.Abs(gap) <= (long)MaxGapSeconds * from;
        _ours += isOneClock ? (uint)(int)(gap * to / from) : (uint)(to / StepsPerSecond);
        _theirs = _event = timestamp;
        _eventOurs = _ours;
        _hasEvent = true;
        return _ours;
    }
}
