using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

public sealed class MessageClockTests
{
    private readonly MessageClock _clock = new();

    [Fact]
    public void All_that_a_message_does_has_one_time()
    {
        MessageClock.Stop();
        var (timestamp, now) = (_clock.GetTimestamp(), _clock.GetUtcNow());
        Spin();

        Assert.Equal((timestamp, now), (_clock.GetTimestamp(), _clock.GetUtcNow()));
        MessageClock.GoOn();
    }

    [Fact]
    public void The_next_message_has_a_time_of_its_own()
    {
        MessageClock.Stop();
        var first = (_clock.GetTimestamp(), _clock.GetUtcNow());
        MessageClock.GoOn();
        Spin();
        MessageClock.Stop();
        var second = (_clock.GetTimestamp(), _clock.GetUtcNow());
        MessageClock.GoOn();

        Assert.True(second.Item1 > first.Item1);
        Assert.True(second.Item2 > first.Item2);
    }

    [Fact]
    public void Between_messages_and_for_other_threads_time_goes_on()
    {
        MessageClock.Stop();
        var timestamp = _clock.GetTimestamp();
        Spin();
        var elsewhere = 0L;
        var thread = new Thread(() => elsewhere = _clock.GetTimestamp());
        thread.Start();
        thread.Join();
        MessageClock.GoOn();

        Assert.True(elsewhere > timestamp);
        Assert.True(_clock.GetTimestamp() > timestamp);
    }

    /// <summary>Until the system's clocks have moved.</summary>
    private static void Spin()
    {
        var (timestamp, now) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        while (TimeProvider.System.GetTimestamp() == timestamp || TimeProvider.System.GetUtcNow() == now)
            Thread.SpinWait(10);
    }
}
