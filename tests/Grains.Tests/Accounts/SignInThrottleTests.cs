using TekSipCloud.Grains.Accounts;

namespace TekSipCloud.Grains.Tests.Accounts;

public sealed class SignInThrottleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Four_failures_are_free_and_each_one_from_the_fifth_on_doubles_the_pause()
    {
        var throttle = SignInThrottle.Idle;
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            throttle = throttle.Fail(Now);
            pauses.Add(Math.Max(0, (throttle.PausedUntil - Now).TotalSeconds));
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8], pauses);
    }

    [Fact]
    public void The_pause_never_exceeds_a_quarter_of_an_hour()
    {
        var throttle = Enumerable.Range(0, 1000).Aggregate(SignInThrottle.Idle, (held, _) => held.Fail(Now));

        Assert.True(throttle.IsPaused(Now.AddMinutes(15).AddTicks(-1)));
        Assert.False(throttle.IsPaused(Now.AddMinutes(15)));
    }
}
