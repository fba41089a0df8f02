using FsCheck;
using FsCheck.Fluent;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>An overload ends when the queue has gone, and lasts while it has not.</summary>
public sealed class OverloadEndTests
{
    private const double Capacity = 20_000;
    private const double Usual = 0.8 * Capacity;

    private static OverloadedServer Server(bool showsBacklog = true, bool hasQuota = false) =>
        new OverloadedServer(Capacity, showsBacklog, hasQuota, longQueue: 128, nearlyFull: 3_000).Begin();

    [Fact]
    public void Of_a_pause_no_more_is_refused_than_what_came_in_it_and_nothing_a_second_later() =>
        Prop.ForAll(Gen.Choose(10, 100).ToArbitrary(), milliseconds =>
        {
            var server = Server();
            server.Run(seconds: 2, Usual);

            server.Pause(milliseconds / 1_000.0, Usual);
            server.Run(seconds: 1, Usual);

            Assert.InRange(server.Control.Refused, 0, Usual * milliseconds / 1_000 * 1.1);
            AssertRefusesNothing(server, seconds: 5);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_after_an_overload_nothing_is_refused_any_more_although_work_comes_in_bursts(bool showsBacklog)
    {
        var server = Server(showsBacklog);
        server.Run(seconds: 5, 2 * Capacity);
        Assert.True(server.Control.IsLimiting);

        RunInBursts(server, seconds: 1);

        var refused = server.Control.Refused;
        RunInBursts(server, seconds: 5);
        Assert.Equal(refused, server.Control.Refused);
        Assert.False(server.Control.IsLimiting);
        Assert.Equal(2, server.Changes);
    }

    [Fact]
    public void A_stumble_that_made_a_limit_of_next_to_nothing_is_made_good_within_seconds()
    {
        var server = Server(showsBacklog: false);
        server.Run(seconds: 2, Usual);
        server.Stumble(5);
        server.Run(seconds: 5, Usual);

        AssertRefusesNothing(server, seconds: 5);
        Assert.False(server.Control.IsLimiting);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void What_is_offered_twice_the_maximum_stays_limited_and_does_what_it_can(bool showsBacklog, bool hasQuota)
    {
        var server = Server(showsBacklog, hasQuota);
        server.Run(seconds: 5, 2 * Capacity);
        Assert.True(server.Control.IsLimiting);

        server.Run(seconds: 30, 2 * Capacity);

        Assert.Equal(1, server.Changes);
        // A refusal costs 8 % of a call here.
        Assert.InRange(server.Done / (Capacity * 30), 0.91 * 0.88, 1);
    }

    private static void AssertRefusesNothing(OverloadedServer server, double seconds)
    {
        var before = server.Control.Refused;
        server.Run(seconds, Usual);
        Assert.Equal(before, server.Control.Refused);
    }

    /// <summary>Every fifth of a second the server stands still for 10 ms, as while memory is collected.</summary>
    private static void RunInBursts(OverloadedServer server, double seconds)
    {
        for (; seconds > 0; seconds -= 0.2)
        {
            server.Run(seconds: 0.19, Usual);
            server.Pause(0.01, Usual);
        }
    }
}
