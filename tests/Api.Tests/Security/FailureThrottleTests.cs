using TekSipCloud.Api.Security;
using TekSipCloud.Testing;

namespace TekSipCloud.Api.Tests.Security;

/// <summary>Guessing is slow for one source, and nobody can fill our memory by guessing from many.</summary>
public sealed class FailureThrottleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_source_is_refused_after_its_failures_until_the_window_ends()
    {
        var throttle = Create();
        for (var i = 0; i < 3; i++)
            Assert.True(throttle.TryEnter("a", out _));

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.False(throttle.TryEnter("a", out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(40), retryAfter);
        Assert.True(throttle.IsBlocked("a", out _));

        _clock.Advance(retryAfter);
        Assert.False(throttle.IsBlocked("a", out _));
        Assert.True(throttle.TryEnter("a", out _));
    }

    [Fact]
    public void A_right_password_gives_its_place_back()
    {
        var throttle = Create();
        for (var i = 0; i < 10; i++)
        {
            Assert.True(throttle.TryEnter("a", out _));
            throttle.Leave("a");
        }
    }

    [Fact]
    public async Task A_fault_is_not_held_against_the_source()
    {
        var throttle = Create();
        for (var i = 0; i < 10; i++)
        {
            Assert.True(throttle.TryEnter("a", out _));
            await Assert.ThrowsAsync<TimeoutException>(() => throttle.Guard<string>("a", () => throw new TimeoutException()));
        }
    }

    [Fact]
    public void Attempts_in_flight_count_so_that_sending_many_at_once_gains_nothing()
    {
        var throttle = Create();
        Assert.Equal(3, Enumerable.Range(0, 50).Count(_ => throttle.TryEnter("a", out var _)));
    }

    [Fact]
    public void One_source_does_not_lock_another_out()
    {
        var throttle = Create();
        while (throttle.TryEnter("a", out _))
            Assert.False(throttle.IsBlocked("b", out _));

        Assert.True(throttle.TryEnter("b", out _));
    }

    [Fact]
    public void Many_sources_are_forgotten_oldest_first()
    {
        var throttle = Create();
        while (throttle.TryEnter("first", out _))
            Assert.False(throttle.IsBlocked("other", out _));

        for (var i = 0; i < 100; i++)
            throttle.TryEnter($"source {i}", out _);

        Assert.False(throttle.IsBlocked("first", out _));
    }

    private FailureThrottle Create() => new(_clock, maxFailures: 3, Window, maxSources: 100);
}
