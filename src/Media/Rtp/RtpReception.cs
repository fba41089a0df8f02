namespace TekSipCloud.Media.Rtp;

/// <summary>Counts loss and jitter of one synchronization source at a time (RFC 3550 A.3, A.8).</summary>
/// <remarks>A value that is changed in place; one thread writes it.</remarks>
public struct RtpReception
{
    // RFC 3550 A.1: how far a sequence number may jump ahead or fall behind before it counts as a restart.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private long _lostBefore;
    private long _received;
    private uint _baseSequence;
    private uint _highestSequence;
    private long _lastTransit;
    private uint _lastTimestamp;
    private double _jitter;
    private bool _isStarted;

    /// <summary>The source that is counted; meaningful once <see cref="IsStarted"/>.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Whether a packet was counted.</summary>
    public readonly bool IsStarted => _isStarted;

    /// <summary>Packets missing by sequence numbers since the first source; never negative, duplicates lower it (RFC 3550 A.3).</summary>
    public readonly long Lost => _lostBefore + LostNow;

    /// <summary>Interarrival jitter in ticks of the payload's clock (RFC 3550 A.8).</summary>
    public readonly double JitterTicks => _jitter;

    /// <summary>Highest sequence number received, the number of wraps in its upper half (RFC 3550 §6.4.1).</summary>
    public readonly uint ExtendedHighestSequence => _highestSequence;

    private readonly long LostNow =>
        _isStarted ? Math.Max(0, (long)_highestSequence - _baseSequence + 1 - _received) : 0;

    /// <summary>Begins with a source, keeping the loss of the one before.</summary>
    public void Restart(uint ssrc, ushort sequence)
    {
        _lostBefore = Lost;
        Ssrc = ssrc;
        _isStarted = true;
        _received = 0;
        _baseSequence = _highestSequence = sequence;
        _jitter = 0;
        _lastTransit = 0;
        _lastTimestamp = 0;
    }

    /// <summary>Counts a packet of the current source; the first one too, after <see cref="Restart"/>.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="timestamp">Its RTP timestamp.</param>
    /// <param name="arrivalTicks">When it came, in ticks of the same clock rate.</param>
    public void Count(ushort sequence, uint timestamp, long arrivalTicks)
    {
        var ahead = (ushort)(sequence - (ushort)_highestSequence);
        if (ahead is > 0 and < MaxDropout)
            _highestSequence += ahead;
        else if (ahead is >= MaxDropout and <= ushort.MaxValue + 1 - MaxMisorder)
            Restart(Ssrc, sequence);

        _received++;
        CountJitter(timestamp, arrivalTicks);
    }

    private void CountJitter(uint timestamp, long arrivalTicks)
    {
        // RFC 3550 A.8: transit differences in 32-bit arithmetic, so that a wrapped timestamp does no harm.
        var transit = arrivalTicks - timestamp;
        // RFC 4733 §2.5.1.2: the packets of one event share a timestamp and say nothing about the network.
        if (_received > 1 && timestamp != _lastTimestamp)
            _jitter += (Math.Abs((double)(int)(transit - _lastTransit)) - _jitter) / 16;

        if (_received == 1 || timestamp != _lastTimestamp)
            _lastTransit = transit;

        _lastTimestamp = timestamp;
    }
}
