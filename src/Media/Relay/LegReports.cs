using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>
/// RTCP of one leg, which ends here: what we report to the party, and what the party reports (RFC 3550 §6). There is one once a packet of
/// RTP has come or gone.
/// </summary>
/// <remarks>Of the relay's thread, but for the figures, and for the goodbye when the loop is quiet.</remarks>
internal sealed class LegReports
{
    private const double NotMeasured = -1;

    private readonly RelayLoop _loop;
    private readonly MediaRelay _relay;
    private readonly RtpStream _rtp;
    private readonly RtcpStream _rtcp;
    private readonly uint _ownSsrc;
    private readonly byte[] _name = new byte[RtcpWriter.NameBytes];

    /// <summary>What the party was sent; a field, since it is counted in place.</summary>
    public SentSource Sent;

    private long _sentAtReport;
    private long _sentAtReportBefore;
    private uint _sentReport;
    private uint _sentReportBefore;
    private uint _heardSsrc;
    private uint _heardReport;
    private long _heardAt;
    private bool _hasReported;
    private double _roundTrip = NotMeasured;
    private double _jitter = NotMeasured;

    public LegReports(MediaRelay relay, RelayLoop loop, RtpStream rtp, RtcpStream rtcp)
    {
        (_relay, _loop, _rtp, _rtcp) = (relay, loop, rtp, rtcp);
        Random.Shared.NextBytes(_name);
        _ownSsrc = (uint)Random.Shared.NextInt64(uint.MaxValue + 1L);
    }

    /// <summary>When the next report is due, by the loop's clock.</summary>
    public long Due { get; set; }

    /// <summary>Whether the leg has its ports no more.</summary>
    public bool IsOver => _rtp.Session is null;

    /// <summary>The time to the party and back, in seconds; null before it was measured. Any thread.</summary>
    public TimeSpan? RoundTrip => Volatile.Read(ref _roundTrip) is >= 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Jitter at the party, as it says; null until it does. Any thread.</summary>
    public TimeSpan? JitterAtParty => Volatile.Read(ref _jitter) is >= 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Packets that did not reach the party, as it says; null until it does. Any thread.</summary>
    public long? LostToParty => JitterAtParty is null ? null : Sent.Lost;

    /// <summary>Takes in what the party reports; what is not a report ends here (RFC 3550 §6.4, RFC 4585, RFC 3611).</summary>
    public void Take(ReadOnlySpan<byte> compound, long now)
    {
        while (RtcpPacket.TryRead(ref compound, out var packet))
        {
            if (packet.PacketType == RtcpPacketType.SenderReport)
                (_heardSsrc, _heardReport, _heardAt) = (packet.Ssrc, NtpTime.Middle(packet.Sender.NtpTime), now);
            for (var blocks = packet.Blocks; !blocks.IsEmpty; blocks = blocks[ReportBlock.Bytes..])
                Take(ReportBlock.Read(blocks), now);
        }
    }

    /// <summary>Reports to the party, where it may be sent to.</summary>
    public void Send(long now)
    {
        var writer = new RtcpWriter(_loop.Buffer);
        Write(ref writer, now);
        _hasReported |= _rtcp.Report(_loop.Buffer, writer.Length, isOfLoop: true);
    }

    /// <summary>RFC 3550 §6.3.7: who has reported or sent says goodbye.</summary>
    public void SayGoodbye()
    {
        if (!_hasReported && Sent.Packets == 0)
            return;

        Span<byte> buffer = stackalloc byte[RtcpWriter.MaxBytes + SrtpProfiles.MaxOverheadBytes];
        var writer = new RtcpWriter(buffer);
        writer.Bye(Write(ref writer, _loop.Now()));
        _ = _rtcp.Report(buffer, writer.Length, isOfLoop: false);
    }

    private void Take(in ReportBlock block, long now)
    {
        if (!Sent.TryTake(block.Ssrc, block.CumulativeLost))
            return;

        Volatile.Write(ref _jitter, block.JitterTicks / (double)_rtp.SentClockRateHz);
        // Only of a report that was ours: what a party makes up measures nothing.
        if (block.LastReport == _sentReport || block.LastReport == _sentReportBefore)
        {
            if (block.RoundTrip(NtpTime.Middle(Ntp(now))) is { } time)
                Volatile.Write(ref _roundTrip, time.TotalSeconds);
        }
    }

    private uint Write(ref RtcpWriter writer, long now)
    {
        var block = _rtp.Reception.HasNews ? Block(now) : (ReportBlock?)null;
        var ssrc = Sent.Packets != 0 ? Sent.Ssrc : _ownSsrc;
        // RFC 3550 §6.4: who has sent since the report before the last one reports as a sender.
        if (Sent.Packets != _sentAtReportBefore)
            writer.SenderReport(ssrc, Note(now), block);
        else
            writer.ReceiverReport(ssrc, block);

        (_sentAtReportBefore, _sentAtReport) = (_sentAtReport, Sent.Packets);
        writer.SourceDescription(ssrc, _name);
        return ssrc;
    }

    private ReportBlock Block(long now)
    {
        ref var reception = ref _rtp.Reception;
        return _heardReport != 0 && _heardSsrc == reception.Ssrc
            ? reception.Report(_heardReport, (uint)_loop.ToTicks(now - _heardAt, NtpTime.MiddleUnitsPerSecond))
            : reception.Report(0, 0);
    }

    private SenderNote Note(long now)
    {
        var time = Ntp(now);
        (_sentReportBefore, _sentReport) = (_sentReport, NtpTime.Middle(time));
        ref readonly var sent = ref Sent;
        // The clock of the packets has gone on since the last of them.
        var timestamp = sent.Timestamp + (uint)_loop.ToTicks(now - sent.At, _rtp.SentClockRateHz);
        return new(time, timestamp, (uint)sent.Packets, (uint)sent.Octets);
    }

    private ulong Ntp(long now) => NtpTime.Of(_relay.WallTimeOf(now));
}
