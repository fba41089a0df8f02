using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>An RTP port.</summary>
internal sealed class RtpStream(RelayLoop loop, PortPair pair, MediaSocket socket) : RelayStream(loop, pair, socket)
{
    /// <summary>The clock rate of almost every codec in use.</summary>
    public const int UsualClockRateHz = 8000;

    private RtpReception _reception;
    private RtpContinuity _sent;
    private long _lastPacket;

    /// <summary>Clock rates of the party's payload types; 0 where it is the usual one.</summary>
    public int[]? ClockRates { get; set; }

    /// <summary>Where what the party says is recorded; null where it is not.</summary>
    public RecordingTap? Recorder { get; set; }

    public long PacketsLost => _reception.Lost;

    public double JitterTicks => _reception.JitterTicks;

    public int ClockRateHz { get; private set; } = UsualClockRateHz;

    /// <summary>When the last valid packet came, by the loop's clock; 0 before the first.</summary>
    public long LastPacket => _lastPacket;

    protected override ref StreamCounters Totals => ref Loop.Totals.Rtp;

    public override void Forget()
    {
        base.Forget();
        ClockRates = null;
        Recorder = null;
        _sent.Forget();
    }

    protected override SrtpError Open(LegProtection protection, ref int length) =>
        protection.Open(Loop.Buffer.AsSpan(0, length), out length);

    protected override bool TrySeal(SrtpSender sender, ref int length) =>
        sender.Seal(Loop.Buffer, length, out length) == SrtpError.None;

    protected override bool Continues(Span<byte> packet) => _sent.TryContinue(packet);

    protected override bool IsValid(ReadOnlySpan<byte> packet) => RtpPacket.TryParse(packet, out _, out _);

    protected override bool Admits(ReadOnlySpan<byte> packet, long now)
    {
        if (!RtpPacket.TryParse(packet, out var rtp, out _))
            return false;

        if (!_reception.IsStarted || rtp.Ssrc != _reception.Ssrc)
        {
            // A second source is believed once the first is silent: carriers change it mid-call, an injected one never gets in.
            if (_reception.IsStarted && now - _lastPacket < Loop.SourceSilenceTicks)
                return false;

            _reception.Restart(rtp.Ssrc, rtp.SequenceNumber);
        }

        _lastPacket = now;
        ClockRateHz = ClockRates?[rtp.PayloadType] is > 0 and var rate ? rate : UsualClockRateHz;
        _reception.Count(rtp.SequenceNumber, rtp.Timestamp, Loop.ToTicks(now, ClockRateHz));
        // What nobody is to hear is not recorded either.
        if (Recorder is { } recorder && TakesIn)
            recorder.Take(rtp, now);
        return true;
    }
}
