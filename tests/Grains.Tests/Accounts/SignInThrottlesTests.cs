using TekSipCloud.Grains.Accounts;

namespace TekSipCloud.Grains.Tests.Accounts;

public sealed class SignInThrottlesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Places_beyond_the_hundredth_share_a_throttle()
    {
        var throttles = new SignInThrottles();
        for (var i = 0; i < SignInThrottles.MaxSources; i++)
            throttles.Fail($"source-{i}", Now);

        for (var i = 0; i < SignInThrottle.FreeFailures; i++)
            throttles.Fail($"late-{i}", Now);

        Assert.True(throttles.IsPaused("late-99", Now));
        Assert.False(throttles.IsPaused("source-1", Now));
    }

    [Fact]
    public void Quiet_places_make_room()
    {
        var throttles = new SignInThrottles();
        for (var i = 0; i < SignInThrottles.MaxSources; i++)
            throttles.Fail($"source-{i}", Now);

        var later = Now + SignInThrottle.LongestPause;
        for (var i = 0; i < SignInThrottle.FreeFailures; i++)
            throttles.Fail($"late-{i}", later);

        Assert.False(throttles.IsPaused("late-1", later));
    }

    [Fact]
    public void The_right_password_forgives_its_own_place_only()
    {
        var throttles = new SignInThrottles();
        for (var i = 0; i < SignInThrottle.FreeFailures; i++)
        {
            throttles.Fail("a", Now);
            throttles.Fail("b", Now);
        }

        throttles.Succeed("a");

        Assert.False(throttles.IsPaused("a", Now));
        Assert.True(throttles.IsPaused("b", Now));
    }
}
