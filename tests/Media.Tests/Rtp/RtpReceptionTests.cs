using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Tests.Rtp;

/// <summary>Loss and jitter (RFC 3550 A.1, A.3, A.8).</summary>
public sealed class RtpReceptionTests
{
    [Fact]
    public void A_gap_in_the_numbers_is_loss() => Assert.Equal(2, Received(1, 2, 5).Lost);

    [Fact]
    public void Packets_out_of_order_are_no_loss() => Assert.Equal(0, Received(1, 3, 2, 4).Lost);

    [Fact]
    public void Numbers_may_wrap()
    {
        var reception = Received(65534, 65535, 0, 2);

        Assert.Equal((1, 65538u), (reception.Lost, reception.ExtendedHighestSequence));
    }

    [Fact]
    public void A_great_jump_is_a_restart_and_keeps_the_loss_so_far() => Assert.Equal(1, Received(1, 3, 30000, 30001).Lost);

    [Fact]
    public void Another_source_keeps_the_loss_so_far()
    {
        var reception = Received(1, 3);
        reception.Restart(2, 500);
        reception.Count(500, 0, 0);

        Assert.Equal((1, 2u), (reception.Lost, reception.Ssrc));
    }

    [Fact]
    public void Regular_packets_have_no_jitter() => Assert.Equal(0, WithDelays(0, 0, 0, 0).JitterTicks);

    [Fact]
    public void Jitter_is_a_sixteenth_of_each_difference()
    {
        // RFC 3550 A.8: 16 ticks late once, then in step
        Assert.Equal(1.0, WithDelays(0, 16).JitterTicks);
        Assert.Equal(1.0 - 1.0 / 16, WithDelays(0, 16, 16).JitterTicks);
    }

    [Fact]
    public void Packets_of_one_dtmf_event_add_no_jitter()
    {
        // RFC 4733 §2.5.1.2
        var reception = WithDelays(0);
        reception.Count(2, 0, 160);
        reception.Count(3, 0, 320);
        reception.Count(4, 480, 480);

        Assert.Equal(0, reception.JitterTicks);
    }

    private static RtpReception Received(params ushort[] numbers)
    {
        var reception = new RtpReception();
        reception.Restart(1, numbers[0]);
        foreach (var number in numbers)
            reception.Count(number, (uint)number * 160, number * 160L);

        return reception;
    }

    private static RtpReception WithDelays(params int[] delays)
    {
        var reception = new RtpReception();
        reception.Restart(1, 1);
        for (var i = 0; i < delays.Length; i++)
            reception.Count((ushort)(i + 1), (uint)i * 160, i * 160L + delays[i]);

        return reception;
    }
}
