using TekSipCloud.Gateway.Overload;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>
/// Where more phones register than can be refused, the system drops some, and the rest of the time is for those that are served (RFC 5390 §4: what is served is not
/// to fall when more is offered).
/// </summary>
public sealed class SheddingTests
{
    /// <summary>Registrations a second on half a core: 6.5 µs each, of which a challenge takes 2.6 and a refusal 2.2.</summary>
    private const double Capacity = 77_000;

    [Theory]
    [InlineData(1.2, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(1.2, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void What_is_served_hardly_falls_however_much_is_offered(double times, bool hasQuota)
    {
        var server = Server(hasQuota).Begin();
        server.Run(seconds: 4, Capacity * times);

        server.Run(seconds: 6, Capacity * times);

        Assert.InRange(server.Done / (Capacity * 6), 0.87, 1);
        Assert.InRange(server.LongestWait, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>How fast a share is found that fits, while phones repeat more and more (RFC 3261 §17.1.2.2), and neither too much nor too little is dropped.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void What_is_served_hardly_falls_from_the_first_second_on(double times, bool hasQuota)
    {
        var server = Server(hasQuota).Begin();
        server.Run(seconds: 1, Capacity * 0.9);

        for (var second = 1; second <= 8; second++)
        {
            server.Run(seconds: 1, Capacity * times);

            Assert.InRange(server.Done / Capacity, second == 1 ? 0.45 : 0.8, 1);
        }
    }

    [Fact]
    public void Answering_every_one_would_leave_half()
    {
        var server = Server().Begin(new OverloadOptions { RefusalShare = 1 });
        server.Run(seconds: 4, Capacity * 2);

        server.Run(seconds: 6, Capacity * 2);

        Assert.InRange(server.Done / (Capacity * 6), 0.4, 0.55);
        Assert.Equal(0, server.Shed);
    }

    [Fact]
    public void A_twentieth_of_the_time_goes_to_refusing()
    {
        var server = Server().Begin();
        server.Run(seconds: 4, Capacity * 2);
        var before = server.Control.Refused;

        server.Run(seconds: 6, Capacity * 2);

        Assert.InRange((server.Control.Refused - before) / (Capacity * 6 / 0.34), 0.04, 0.07);
    }

    [Fact]
    public void When_less_comes_nothing_is_dropped_any_more_and_nobody_refused()
    {
        var server = Server(hasQuota: true).Begin();
        server.Run(seconds: 5, Capacity * 2);
        Assert.InRange(server.Control.ShareToShed, 0.3, 1);

        server.Run(seconds: 15, Capacity / 2);
        Assert.Equal((0, false), (server.Control.ShareToShed, server.Control.IsLimiting));
        var (shed, refused) = (server.Shed, server.Control.Refused);

        server.Run(seconds: 5, Capacity / 2);
        Assert.Equal((shed, refused), (server.Shed, server.Control.Refused));
        Assert.InRange(server.Done / (Capacity / 2 * 5), 0.99, 1.01);
    }

    /// <summary>A call costs so much more that refusing others beside it is nothing, and dropping INVITEs is never done.</summary>
    [Fact]
    public void Calls_are_refused_and_nothing_is_dropped()
    {
        var server = new OverloadedServer(8_000, showsBacklog: true, longQueue: 256, nearlyFull: 3_276, full: 6_553).Begin();

        server.Run(seconds: 10, offered: 16_000);

        Assert.InRange(server.Control.Refused, 10_000, 160_000);
        Assert.Equal(0, server.Shed);
    }

    [Fact]
    public void What_comes_at_once_and_no_more_is_refused_and_not_dropped()
    {
        var server = Server().Begin();

        server.Run(seconds: 0.2, Capacity * 3);
        server.Run(seconds: 5, Capacity / 4);

        Assert.InRange(server.Control.Refused, 1, Capacity);
        Assert.Equal(0, server.Shed);
    }

    [Fact]
    public void What_was_begun_is_finished_behind_any_queue_while_the_system_drops_what_is_new()
    {
        var server = Server().Begin();
        server.Run(seconds: 5, Capacity * 2);
        Assert.True(server.Control.ShareToShed > 0);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(server.Control.Admits(isPaid: true, Backlog.NearlyFull, isRegister: true)));
    }

    private static OverloadedServer Server(bool hasQuota = false) => new(
        Capacity, showsBacklog: true, hasQuota, longQueue: 256, nearlyFull: 3_276, full: 6_553, challengeShare: 0.4, refusalShare: 0.34, isRegister: true);
}
