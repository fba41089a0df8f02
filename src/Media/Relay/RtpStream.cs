using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Sdp;
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
    private Player? _player;
    private bool _isListening = true;
    private uint _ownGap;
    private int _payloadOctets;
    private volatile LegReports? _reports;

    /// <summary>Clock rates of the party's payload types; 0 where it is the usual one.</summary>
    public int[]? ClockRates { get; set; }

    /// <summary>Where what the party says is recorded; null where it is not.</summary>
    public RecordingTap? Recorder { get; set; }

    public long PacketsLost => _reception.Lost;

    public double JitterTicks => _reception.JitterTicks;

    /// <summary>What came from the party; of the relay's thread.</summary>
    public ref RtpReception Reception => ref _reception;

    /// <summary>What is reported to the party and by it; null before the first packet either way.</summary>
    public LegReports? Reports => _reports;

    /// <summary>Clock rate of what was sent to the party last.</summary>
    public int SentClockRateHz { get; private set; } = UsualClockRateHz;

    public int ClockRateHz { get; private set; } = UsualClockRateHz;

    /// <summary>When the last valid packet came, by the loop's clock; 0 before the first.</summary>
    public long LastPacket => _lastPacket;

    /// <summary>What the party hears in place of its partner; null for nothing.</summary>
    public Player? Player
    {
        get => _player;
        set
        {
            if (_player is null)
                _ownGap = GapTicks();
            _player = value;
            GivesOut = _isListening && value is null;
        }
    }

    protected override ref StreamCounters Totals => ref Loop.Totals.Rtp;

    /// <summary>Takes over which way the party's media flows.</summary>
    public void Turn(MediaDirection direction)
    {
        TakesIn = direction.Sends();
        _isListening = direction.Receives();
        GivesOut = _isListening && _player is null;
    }

    /// <summary>Sends the party what it says, under a name of ours: its own coming back would look like a loop (RFC 3550 §8.2).</summary>
    public void Reflect()
    {
        _sent.Rename();
        Partner = this;
    }

    /// <summary>What the party was sent last; null for nothing. Of any thread, which may see the packet before in part.</summary>
    public RtpPosition? Position => _sent.Position;

    /// <summary>What the party hears goes on from what it heard elsewhere.</summary>
    public void Follow(RtpPosition position) => _sent.Follow(position);

    /// <summary>Frames of ours have gone by that were not sent.</summary>
    public void PassTime(int frames) => _ownGap += (uint)frames * AudioClip.FrameBytes;

    /// <summary>Sends the party a frame of ours, as far as it can be reached and wants to hear anything.</summary>
    public void Emit(ReadOnlySpan<byte> frame, byte payloadType)
    {
        if (_isListening && IsReachable)
        {
            var packet = Loop.Buffer.AsSpan(0, RtpPacket.MinHeaderBytes + frame.Length);
            _sent.Insert(packet, payloadType, _ownGap);
            frame.CopyTo(packet[RtpPacket.MinHeaderBytes..]);
            _payloadOctets = frame.Length;
            SendOwn(packet.Length);
            _ownGap = 0;
        }

        _ownGap += AudioClip.FrameBytes;
    }

    public override void Forget()
    {
        base.Forget();
        ClockRates = null;
        Recorder = null;
        _sent.Forget();
        _player = null;
        _isListening = true;
    }

    protected override SrtpError Open(LegProtection protection, ref int length) =>
        protection.Open(Loop.Buffer.AsSpan(0, length), out length);

    protected override bool TrySeal(SrtpSender sender, ref int length) =>
        sender.Seal(Loop.Buffer, length, out length) == SrtpError.None;

    protected override bool Continues(Span<byte> packet)
    {
        // While it is in the clear.
        _payloadOctets = RtpPacket.CountPayloadOctets(packet);
        return _sent.TryContinue(packet);
    }

    protected override void NoteSent(long now)
    {
        if ((_reports ?? BeginReports(now)) is not { } reports)
            return;

        if (ClockRates is { } rates)
            SentClockRateHz = rates[Loop.Buffer[1] & 0x7F] is > 0 and var rate ? rate : UsualClockRateHz;
        reports.Sent.Count(Loop.Buffer, _payloadOctets, now);
    }

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
            _ = _reports ?? BeginReports(now);
        }

        _lastPacket = now;
        ClockRateHz = ClockRates?[rtp.PayloadType] is > 0 and var rate ? rate : UsualClockRateHz;
        _reception.Count(rtp.SequenceNumber, rtp.Timestamp, Loop.ToTicks(now, ClockRateHz));
        // What nobody is to hear is not recorded either: who holds may talk to others in the room.
        if (Recorder is { } recorder && TakesIn && Partner is { GivesOut: true })
            recorder.Take(rtp, now);
        return true;
    }

    /// <summary>How far the listener's clock has run on since it was last sent something, as far as that is known.</summary>
    private uint GapTicks()
    {
        var last = (Partner as RtpStream)?._lastPacket ?? 0;
        return last == 0 ? AudioClip.FrameBytes : (uint)Math.Max(AudioClip.FrameBytes, Math.Round(Loop.ElapsedSince(last).TotalSeconds * UsualClockRateHz));
    }

    private LegReports? BeginReports(long now)
    {
        if (Session is not { } session)
            return null;

        var reports = new LegReports(session.Relay, Loop, this, Pair.Rtcp);
        Loop.Reports.Add(reports, now);
        return _reports = reports;
    }
}
