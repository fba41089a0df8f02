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
    public void Every_source_has_numbers_of_its_own_also_when_it_comes_back()
    {
        Assert.Equal(1000, Sent(1000));
        Assert.Null(Sent(9000));
        Assert.Equal(1001, Sent(9001));
        Assert.Equal(5, Sent(5, ssrc: 2));

        Assert.Equal(1002, Sent(9002));
        Assert.Equal(6, Sent(6, ssrc: 2));
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

    private int? Sent(ushort sequence, uint ssrc = 1)
    {
        var packet = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        return _sent.TryContinue(packet) ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)) : null;
    }
}
