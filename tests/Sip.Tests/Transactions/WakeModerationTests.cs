using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>When a loop lets datagrams gather. Times are in microseconds.</summary>
public sealed class WakeModerationTests
{
    private readonly WakeModeration _moderation = new(frequency: 1_000_000);
    private long _now = 1_000_000;

    [Fact]
    public void A_loop_that_is_seldom_woken_never_rests()
    {
        Wake(times: 1_000, waiting: 1_500, working: 50);

        Assert.False(_moderation.IsOn);
    }

    [Fact]
    public void A_loop_that_is_often_woken_for_little_rests()
    {
        Wake(times: 100, waiting: 400, working: 50);

        Assert.True(_moderation.IsOn);
    }

    [Fact]
    public void A_loop_with_much_to_do_does_not_rest()
    {
        Wake(times: 1_000, waiting: 200, working: 100);

        Assert.False(_moderation.IsOn);
    }

    [Fact]
    public void It_goes_on_while_nearly_each_rest_finds_something_and_ends_when_they_find_nothing()
    {
        Wake(times: 100, waiting: 400, working: 50);
        Rest(times: 100, waiting: 0, working: 100);
        Assert.True(_moderation.IsOn);

        Rest(times: 100, waiting: 1_500, working: 50);
        Assert.False(_moderation.IsOn);
    }

    [Fact]
    public void A_pause_ends_it()
    {
        Wake(times: 100, waiting: 400, working: 50);
        Wake(times: 1, waiting: 5_000_000, working: 50);

        Assert.False(_moderation.IsOn);
    }

    [Fact]
    public void A_timer_of_the_loop_is_no_wake_by_a_socket()
    {
        Wake(times: 1_000, waiting: 400, working: 50, hasCome: false);

        Assert.False(_moderation.IsOn);
    }

    private void Rest(int times, long waiting, long working)
    {
        for (var i = 0; i < times; i++)
        {
            _moderation.OnRested(_now, _now += WakeModeration.RestMilliseconds * 1_000);
            Wake(times: 1, waiting, working);
        }
    }

    private void Wake(int times, long waiting, long working, bool hasCome = true)
    {
        for (var i = 0; i < times; i++)
        {
            _moderation.OnWaited(_now, _now += waiting, hasCome);
            _now += working;
        }
    }
}
