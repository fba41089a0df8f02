using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Tests.Rtp;

/// <summary>What a listener gets stays in sequence (RFC 3550 A.1).</summary>
public sealed class RtpContinuityTests
{
    private RtpContinuity _sent;

    [Fact]
    public void Packets_in_order_late_lost_and_doubled_keep_their_numbers()
    {
        foreach (var sequence in new ushort[] { 65530, 65531, 65533, 65532, 65533, 2, 65535, 2902, 2899, 5801 })
            Assert.Equal(sequence, Sent(sequence));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4801)]
    [InlineData(40000)]
    [InlineData(65000)]
    public void A_source_that_begins_anew_goes_on_where_it_was_but_for_its_first_packet(int again)
    {
        Assert.Equal(1800, Sent(1800));
        Assert.Equal(1801, Sent(1801));

        Assert.Null(Sent((ushort)again));
        Assert.Equal(1802, Sent((ushort)(again + 1)));
        Assert.Equal(1803, Sent((ushort)(again + 2)));
        Assert.Equal(1806, Sent((ushort)(again + 5)));
        Assert.Equal(1805, Sent((ushort)(again + 4)));
    }

    [Fact]
    public void One_stray_packet_is_not_sent_and_moves_nothing()
    {
        Assert.Equal(1000, Sent(1000));

        Assert.Null(Sent(30000));
        Assert.Equal(1001, Sent(1001));
        Assert.Null(Sent(30001));
        Assert.Equal(1002, Sent(1002));
    }

    [Fact]
    public void The_next_call_begins_as_if_there_had_been_none()
    {
        Sent(1000);
        _sent.Forget();

        Assert.Equal(9000, Sent(9000));
    }

    [Fact]
    public void However_often_a_source_begins_anew_its_listener_sees_one_sequence() =>
        Prop.ForAll(
            Gen.Choose(0, 65535).Two().NonEmptyListOf().ToArbitrary(),
            runs =>
            {
                var continuity = default(RtpContinuity);
                var packet = new byte[12];
                int? highest = null;
                foreach (var (first, packets) in runs)
                {
                    for (var i = 0; i < 3 + packets % 200; i++)
                    {
                        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(first + i));
                        if (!continuity.TryContinue(packet))
                        {
                            // The first of a run at most.
                            Assert.Equal(0, i);
                            continue;
                        }

                        var number = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
                        var step = highest is { } before ? (short)(number - before) : 1;
                        Assert.InRange(step, -100, 2999);
                        if (step > 0)
                            highest = number;
                    }
                }
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0x9000_0000u, 7)]
    [InlineData(100u, 60_000)]
    [InlineData(1_000_000u, 1_001)]
    public void Another_source_goes_on_where_the_one_before_has_got_to(uint timestamp, int sequence)
    {
        // RFC 3550 §5.1: both begin at random, and a phone that minds plays nothing.
        Assert.Equal((1u, 1_000, 50_000u), SentAt(50_000, 1_000, ssrc: 1));

        Assert.Equal((1u, 1_001, 50_160u), SentAt(timestamp, (ushort)sequence, ssrc: 2));
        Assert.Equal((1u, 1_003, 50_480u), SentAt(timestamp + 320, (ushort)(sequence + 2), ssrc: 2));
        Assert.Equal((1u, 1_002, 50_320u), SentAt(timestamp + 160, (ushort)(sequence + 1), ssrc: 2));
        Assert.Equal((1u, 1_004, 50_480u), SentAt(50_160, 1_001, ssrc: 1));
    }

    [Fact]
    public void A_clock_that_has_gone_on_by_itself_is_left_alone()
    {
        SentAt(50_000, 1_000, ssrc: 1);

        Assert.Equal((1u, 1_001, 51_000u), SentAt(51_000, 40, ssrc: 2));
    }

    [Fact]
    public void What_a_listener_heard_elsewhere_goes_on_here_whether_a_source_begins_or_we_do()
    {
        _sent.Follow(new(9, 300, 70_000));
        Assert.Equal((9u, 301, 70_160u), SentAt(5, 8_000, ssrc: 1));
        Assert.Equal(new RtpPosition(9, 301, 70_160), _sent.Position);

        _sent.Forget();
        Assert.Null(_sent.Position);
        _sent.Follow(new(9, 300, 70_000));
        var packet = new byte[12];
        _sent.Insert(packet, 0, gap: 160);
        Assert.Equal((9u, 301, 70_160u), Read(packet));
        Assert.Equal((9u, 302, 70_320u), SentAt(5, 8_000, ssrc: 1));
    }

    [Fact]
    public void Whatever_its_sources_say_a_listener_has_one_stream_that_neither_falls_back_nor_leaps() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Two().NonEmptyListOf().ToArbitrary(),
            runs =>
            {
                _sent.Forget();
                (uint Ssrc, int Sequence, uint Timestamp)? last = null;
                var source = 0u;
                foreach (var (first, seed) in runs)
                {
                    source += (uint)(seed % 5) + 1;
                    var sent = SentAt((uint)first * 2, (ushort)seed, source);
                    if (last is { } before)
                    {
                        Assert.Equal((before.Ssrc, (ushort)(before.Sequence + 1)), (sent.Ssrc, (ushort)sent.Sequence));
                        Assert.InRange((int)(sent.Timestamp - before.Timestamp), 1, 16_000);
                    }

                    last = SentAt((uint)first * 2 + 160, (ushort)(seed + 1), source);
                }
            }).QuickCheckThrowOnFailure();

    private (uint Ssrc, int Sequence, uint Timestamp) SentAt(uint timestamp, ushort sequence, uint ssrc)
    {
        var packet = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        Assert.True(_sent.TryContinue(packet));
        return Read(packet);
    }

    private static (uint Ssrc, int Sequence, uint Timestamp) Read(ReadOnlySpan<byte> packet) => (
        BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), BinaryPrimitives.ReadUInt32BigEndian(packet[4..]));

    private int? Sent(ushort sequence, uint ssrc = 1)
    {
        var packet = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        return _sent.TryContinue(packet) ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)) : null;
    }
}
