using TekSipCloud.Media.Rtcp;

namespace TekSipCloud.Media.Rtp;

/// <summary>Counts what comes of one synchronization source at a time: loss, jitter, order (RFC 3550 A.1, A.3, A.8).</summary>
/// <remarks>A value that is changed in place; one thread writes it. The party is known by its address, so there is no probation.</remarks>
public struct RtpReception
{
    // RFC 3550 A.1: how far a sequence number may jump ahead or fall behind before it may be a restart.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;
    private const int NoRestart = -1;

    /// <summary>How far behind the highest number one that came twice is told from one that is late.</summary>
    private const int Window = 64;

    private long _lostBefore;
    private long _received;
    private long _duplicatesBefore;
    private long _duplicates;
    private long _expectedPrior;
    private long _receivedPrior;
    private uint _baseSequence;
    private uint _highestSequence;
    private int _restart;
    private ulong _seen;
    private long _lastTransit;
    private uint _lastTimestamp;
    private double _jitter;
    private bool _isStarted;

    /// <summary>The source that is counted; meaningful once <see cref="IsStarted"/>.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Whether a packet was counted.</summary>
    public readonly bool IsStarted => _isStarted;

    /// <summary>Packets missing by sequence numbers since the first source; never negative, and those that came twice do not hide any.</summary>
    public readonly long Lost => _lostBefore + LostNow;

    /// <summary>Packets that came twice, as far as they were within 64 of the highest number; since the first source.</summary>
    public readonly long Duplicates => _duplicatesBefore + _duplicates;

    /// <summary>Packets that came after one sent later, since the first source.</summary>
    public long Reordered { get; private set; }

    /// <summary>Interarrival jitter in ticks of the payload's clock (RFC 3550 A.8).</summary>
    public readonly double JitterTicks => _jitter;

    /// <summary>Highest sequence number received, the number of wraps in its upper half (RFC 3550 §6.4.1).</summary>
    public readonly uint ExtendedHighestSequence => _highestSequence;

    /// <summary>Whether packets came since the last report: only then there is one (RFC 3550 §6.4).</summary>
    public readonly bool HasNews => _received != _receivedPrior;

    private readonly long Expected => (long)_highestSequence - _baseSequence + 1;

    private readonly long LostNow => _isStarted ? Math.Max(0, Expected - _received + _duplicates) : 0;

    /// <summary>Begins with a source, keeping the loss of the one before.</summary>
    public void Restart(uint ssrc, ushort sequence)
    {
        _lostBefore = Lost;
        _duplicatesBefore = Duplicates;
        Ssrc = ssrc;
        _isStarted = true;
        _received = _duplicates = _expectedPrior = _receivedPrior = 0;
        _baseSequence = _highestSequence = sequence;
        _restart = NoRestart;
        _seen = 0;
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
        if (!TryPlace(sequence))
            return;

        _received++;
        CountJitter(timestamp, arrivalTicks);
    }

    /// <summary>Reports what came, and begins the next interval of the fraction lost (RFC 3550 §6.4.1, A.3).</summary>
    /// <param name="lastReport">The middle of the NTP time in the source's last sender report; 0 for none.</param>
    /// <param name="delay">How long ago that came, in 1/65,536 s.</param>
    public ReportBlock Report(uint lastReport, uint delay)
    {
        var expected = Expected - _expectedPrior;
        var lost = expected - (_received - _receivedPrior);
        _expectedPrior = Expected;
        _receivedPrior = _received;
        var fraction = expected <= 0 || lost <= 0 ? 0 : Math.Min(byte.MaxValue, (lost << 8) / expected);
        return new(Ssrc, (byte)fraction, (int)Math.Clamp(Expected - _received, ReportBlock.MinLost, ReportBlock.MaxLost), _highestSequence, (uint)_jitter, lastReport, delay);
    }

    private bool TryPlace(ushort sequence)
    {
        var ahead = (ushort)(sequence - (ushort)_highestSequence);
        if (ahead is > 0 and < MaxDropout)
        {
            _highestSequence += ahead;
            _seen = ahead < Window ? _seen << ahead | 1 : 1;
        }
        else if (ahead is >= MaxDropout and <= ushort.MaxValue + 1 - MaxMisorder)
        {
            // RFC 3550 A.1: two in a row are a restart, one is a stray.
            if (sequence != _restart)
            {
                _restart = (ushort)(sequence + 1);
                return false;
            }

            Restart(Ssrc, sequence);
            _seen = 1;
        }
        else
        {
            CountLate((ushort)-ahead);
        }

        return true;
    }

    private void CountLate(ushort behind)
    {
        var bit = behind < Window ? 1UL << behind : 0;
        if ((_seen & bit) != 0)
            _duplicates++;
        else if (behind > 0)
            Reordered++;
        _seen |= bit;
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
