using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Rtcp;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>RTCP ends at each leg: what we report to a party, and what we make of its reports (RFC 3550 §6).</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes it")]
public sealed class ReportTests : IDisposable
{
    private const int PacketOctets = 160;
    private readonly RelayRig _rig = new(MediaRelay.CreateIo);
    private readonly TestPhone _alice = new();
    private readonly TestPhone _bob = new() { Ssrc = 2 };

    [Fact]
    public void Who_was_sent_to_gets_a_sender_report_about_what_was_sent()
    {
        // RFC 3550 §6.4.1
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 3);

        var report = Report(_bob);

        Assert.Equal((RtcpPacketType.SenderReport, _alice.Ssrc, 0), (report.Type, report.Ssrc, report.Blocks.Count));
        Assert.Equal((3u, 3u * PacketOctets), (report.Sender.Packets, report.Sender.Octets));
        // The RTP clock goes on with the time of the report: 8,000 ticks a second since the third packet.
        var at = _rig.Clock.GetUtcNow();
        Assert.Equal(NtpTime.Of(at), report.Sender.NtpTime);
        Assert.Equal(3u * 160 + 8000 * 62 / 10, report.Sender.RtpTimestamp, 1u);
    }

    [Fact]
    public void Who_sends_and_gets_nothing_gets_a_receiver_report()
    {
        // RFC 3550 §6.4.2
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 2);
        _alice.Skip(2);
        Talk(_alice, a, 1);

        var report = Report(_alice);

        Assert.Equal(RtcpPacketType.ReceiverReport, report.Type);
        // §6.4.1: 2 of 5 lost, in 1/256
        Assert.Equal((_alice.Ssrc, 102, 2, 5u), Loss(Assert.Single(report.Blocks)));
    }

    [Fact]
    public void The_fraction_lost_is_of_the_interval_and_a_silent_source_is_not_reported_on()
    {
        // RFC 3550 §6.4: reports are on sources that were heard since the last one.
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        _alice.Skip(1);
        Talk(_alice, a, 1);
        Assert.Equal((_alice.Ssrc, 85, 1, 3u), Loss(Assert.Single(Report(_alice).Blocks)));

        Talk(_alice, a, 5);
        Assert.Equal((_alice.Ssrc, 0, 1, 8u), Loss(Assert.Single(Report(_alice).Blocks)));
        Assert.Empty(Report(_alice).Blocks);
    }

    [Fact]
    public void Who_has_not_sent_for_two_reports_is_no_sender()
    {
        // RFC 3550 §6.4
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);

        Assert.Equal(
            [RtcpPacketType.SenderReport, RtcpPacketType.SenderReport, RtcpPacketType.ReceiverReport],
            new[] { Report(_bob).Type, Report(_bob).Type, Report(_bob).Type });
    }

    [Fact]
    public void Each_report_names_its_source_by_the_same_random_name()
    {
        // RFC 3550 §6.5.1, RFC 7022 §4.2
        var (a, b) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        Talk(_bob, b, 1);

        var (toBob, again, toAlice) = (Report(_bob), Report(_bob), Report(_alice));

        Assert.Equal(16, toBob.Name.Length);
        Assert.Equal(toBob.Name, again.Name);
        Assert.NotEqual(toBob.Name, toAlice.Name);
    }

    [Fact]
    public void A_report_of_the_party_is_answered_with_its_time()
    {
        // RFC 3550 §6.4.1: LSR and DLSR
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        SendReport(_alice, a, new SenderNote(0x1122_3344_5566_7788, 160, 1, 160));
        _rig.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Talk(_alice, a, 1);

        var block = Assert.Single(Report(_alice).Blocks);

        Assert.Equal(0x3344_5566u, block.LastReport);
        Assert.Equal((uint)(6.7 * 65536), block.DelaySinceLastReport, 1u);
    }

    [Fact]
    public void The_round_trip_is_measured_by_what_answers_our_report()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 10);
        var ours = Report(_bob);
        Assert.Null(b.ReadStatistics().RoundTrip);

        // It took 30 ms there and back; Bob kept it for half a second.
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(530));
        SendReport(_bob, b, null, new ReportBlock(_alice.Ssrc, 51, 2, 10, 80, NtpTime.Middle(ours.Sender.NtpTime), 32768));

        var figures = b.ReadStatistics();
        Assert.InRange(figures.RoundTrip!.Value.TotalMilliseconds, 29.9, 30.1);
        Assert.Equal((2L, TimeSpan.FromMilliseconds(10)), (figures.LostToParty!.Value, figures.JitterAtParty!.Value));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x1234_5678u, 0u)]
    [InlineData(null, 0x7000_0000u)]
    public void A_report_that_answers_none_of_ours_measures_no_round_trip(uint? lastReport, uint delay)
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        var ours = NtpTime.Middle(Report(_bob).Sender.NtpTime);

        SendReport(_bob, b, null, new ReportBlock(_alice.Ssrc, 0, 0, 1, 0, lastReport ?? ours, delay));

        Assert.Null(b.ReadStatistics().RoundTrip);
    }

    [Fact]
    public void A_report_on_another_source_tells_nothing()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        SendReport(_bob, b, null, new ReportBlock(99, 255, 1000, 1, 80, 0, 0));

        Assert.Equal((null, null), (b.ReadStatistics().LostToParty, b.ReadStatistics().JitterAtParty));
    }

    [Fact]
    public void Reports_go_on_during_a_hold_and_do_not_pass()
    {
        // RFC 3264 §5.1
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        a.SetDirection(MediaDirection.Inactive);
        _alice.Report(a);
        _rig.Turn();
        Assert.False(_bob.HasHeardReport());

        Assert.Equal(RtcpPacketType.ReceiverReport, Report(_alice).Type);
    }

    [Fact]
    public void The_end_of_a_call_says_goodbye_to_both()
    {
        // RFC 3550 §6.6: the last packet of a compound one
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        _rig.Session.Dispose();

        // §6.3.7: who was never sent anything gets none.
        Assert.Equal(_alice.Ssrc, Heard.Read(_bob.HearsReport()).Bye);
        Assert.False(_alice.HasHeardReport());
    }

    [Fact]
    public void A_call_without_packets_has_no_reports_and_no_goodbye()
    {
        _rig.Joined(_alice, _bob);
        _rig.ReportsFallDue();
        Assert.Equal(Timeout.Infinite, _rig.Relay.Loops[0].Reports.WaitMilliseconds);
        _rig.Session.Dispose();

        Assert.False(_alice.HasHeard() || _bob.HasHeard());
    }

    [Fact]
    public void A_released_leg_is_forgotten()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        Assert.Equal(2, _rig.Relay.Loops[0].Reports.Count);

        _rig.Session.Dispose();
        _rig.ReportsFallDue();

        Assert.Equal(0, _rig.Relay.Loops[0].Reports.Count);
    }

    [Fact]
    public void The_first_report_comes_within_three_seconds_and_the_next_ones_about_every_five()
    {
        // RFC 3550 §6.2, §6.3.1: 0.5 to 1.5 times 5 s, by 1.21828; the first after half of it
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        var moments = new List<double>();
        for (var i = 0; i < 1000; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMilliseconds(200));
            _rig.Turn();
            if (_bob.HasHeardReport())
            {
                _ = _bob.HearsReport();
                moments.Add(i * 0.2);
            }
        }

        Assert.InRange(moments[0], 0.8, 3.3);
        var intervals = moments.Zip(moments.Skip(1), (one, next) => next - one).ToArray();
        Assert.All(intervals, interval => Assert.InRange(interval, 2.0, 6.4));
        Assert.InRange(intervals.Average(), 3.2, 5);
    }

    [Fact]
    public void Reports_cost_no_memory()
    {
        var (a, b) = _rig.Joined(_alice, _bob);
        var rounds = 0;

        Assert.True(Allocations.AreNone(Round));
        Assert.InRange(b.ReadStatistics().RtcpSent, 1, 2 * rounds);

        long Round()
        {
            rounds++;
            Talk(_alice, a, 1);
            Talk(_bob, b, 1);
            _rig.ReportsFallDue();
            Talk(_alice, a, 1);
            _alice.Report(a);
            _rig.Clock.Advance(TimeSpan.FromSeconds(6.2));
            return _rig.TurnCosts();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("80C9")]
    [InlineData("80C90002 00000001")]
    [InlineData("40C90001 00000001")]
    [InlineData("81C90001 00000001")]
    [InlineData("80C80001 00000001")]
    [InlineData("80C90001 00000001 81C80001 00000001")]
    public void What_is_no_report_is_dropped_and_counted(string hex)
    {
        // RFC 3550 A.2
        var (a, b) = _rig.Joined(_alice, _bob);
        _alice.SendReport(a, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        _rig.Turn();

        Assert.Equal((1, 0), (a.ReadStatistics().InvalidDropped, a.ReadStatistics().RtcpReceived));
        Assert.Equal(0, b.ReadStatistics().RtcpSent);
    }

    [Theory]
    [InlineData("81CD0003 00000001 00000002 00010002")]
    [InlineData("80C90001 00000001 81CE0002 00000001 00000002")]
    [InlineData("80C90001 00000001 80CF0001 00000001")]
    [InlineData("80CC0002 00000001 41424344")]
    public void Feedback_extended_reports_and_reduced_sizes_are_taken_and_end_here(string hex)
    {
        // RFC 4585, RFC 3611, RFC 5506
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 1);
        _alice.SendReport(a, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        _rig.Turn();

        Assert.Equal((0, 1), (a.ReadStatistics().InvalidDropped, a.ReadStatistics().RtcpReceived));
        Assert.False(_bob.HasHeardReport());
    }

    [Fact]
    public void Another_source_is_counted_in_the_stream_that_its_listener_has()
    {
        var (a, _) = _rig.Joined(_alice, _bob);
        Talk(_alice, a, 3);
        SendAs(7, 2);
        Assert.Equal((1u, 5u), Sent(Report(_bob)));
        SendAs(1, 1);
        Assert.Equal((1u, 6u), Sent(Report(_bob)));

        void SendAs(uint ssrc, int packets)
        {
            _alice.Ssrc = ssrc;
            _rig.Clock.Advance(TimeSpan.FromSeconds(1));
            Talk(_alice, a, packets);
        }

        static (uint Ssrc, uint Packets) Sent(Heard report) => (report.Ssrc, report.Sender.Packets);
    }

    public void Dispose()
    {
        _rig.Dispose();
        _alice.Dispose();
        _bob.Dispose();
    }

    private static (uint Ssrc, int Fraction, int Lost, uint Highest) Loss(ReportBlock block) =>
        (block.Ssrc, block.FractionLost, block.CumulativeLost, block.HighestSequence);

    private void Talk(TestPhone phone, RelayLeg leg, int packets)
    {
        for (var i = 0; i < packets; i++)
            phone.Talk(leg);
        _rig.Turn();
    }

    /// <summary>The next report to a phone once everybody is due; those from before are passed over.</summary>
    private Heard Report(TestPhone phone)
    {
        while (phone.HasHeardReport())
            _ = phone.HearsReport();
        _rig.ReportsFallDue();
        return Heard.Read(phone.HearsReport());
    }

    private void SendReport(TestPhone phone, RelayLeg leg, SenderNote? sent, ReportBlock? block = null)
    {
        var buffer = new byte[RtcpWriter.MaxBytes];
        var writer = new RtcpWriter(buffer);
        if (sent is { } note)
            writer.SenderReport(phone.Ssrc, note, block);
        else
            writer.ReceiverReport(phone.Ssrc, block);
        phone.SendReport(leg, buffer[..writer.Length]);
        _rig.Turn();
    }

    private sealed record Heard(byte Type, uint Ssrc, SenderNote Sender, List<ReportBlock> Blocks, byte[] Name, uint? Bye)
    {
        public static Heard Read(byte[] datagram)
        {
            Assert.True(RtcpPacket.IsCompound(datagram));
            ReadOnlySpan<byte> rest = datagram;
            Assert.True(RtcpPacket.TryRead(ref rest, out var report));
            Assert.True(RtcpPacket.TryRead(ref rest, out var description));
            Assert.Equal((RtcpPacketType.SourceDescription, report.Ssrc, 1), (description.PacketType, description.Ssrc, description.Body[4]));
            var blocks = new List<ReportBlock>();
            for (var left = report.Blocks; !left.IsEmpty; left = left[ReportBlock.Bytes..])
                blocks.Add(ReportBlock.Read(left));
            var sender = report.PacketType == RtcpPacketType.SenderReport ? report.Sender : default;
            var bye = RtcpPacket.TryRead(ref rest, out var last) ? BinaryPrimitives.ReadUInt32BigEndian(last.Body) : (uint?)null;
            return new(report.PacketType, report.Ssrc, sender, blocks, description.Body.Slice(6, description.Body[5]).ToArray(), bye);
        }
    }
}
