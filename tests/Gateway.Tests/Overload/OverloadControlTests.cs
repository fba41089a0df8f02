using TekSipCloud.Gateway.Overload;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>Under overload what can be done is done, and what cannot is refused early.</summary>
public sealed class OverloadControlTests
{
    private const double Capacity = 1_000;

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void Offered_more_than_it_can_the_server_does_nearly_what_the_refusals_leave(double times)
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 10, Capacity * times);

        server.Run(seconds: 20, Capacity * times);

        // A refusal costs 8 % of a call here: what is left when all that is too much is refused.
        var most = (1 - (0.08 * times)) / (1 - 0.08);
        Assert.InRange(server.Done / (Capacity * 20), most * 0.88, 1);
        Assert.InRange(server.LongestWait, TimeSpan.Zero, TimeSpan.FromMilliseconds(400));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_queue_that_is_seen_is_kept_short(double times)
    {
        var server = new OverloadedServer(Capacity, showsBacklog: true).Begin();
        server.Run(seconds: 10, Capacity * times);

        server.Run(seconds: 20, Capacity * times);

        var most = (1 - (0.08 * times)) / (1 - 0.08);
        Assert.InRange(server.Done / (Capacity * 20), most * 0.97, 1);
        Assert.InRange(server.LongestWait, TimeSpan.Zero, TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void What_the_limit_has_no_room_for_is_refused_unread_and_lets_the_limit_grow_as_if_it_were_read()
    {
        var server = new OverloadedServer(Capacity).Begin();
        var control = server.Control;
        Assert.False(control.Refuses(Backlog.NearlyFull));
        server.Run(seconds: 2, Capacity * 4);

        while (control.Admits(isPaid: false, Backlog.Short))
            Assert.True(control.IsLimiting);

        Assert.True(control.Refuses(Backlog.Short));
        Look(control, times: 8);
        var limit = control.Limit;
        Look(control, times: 8);
        Assert.Equal(limit, control.Limit);
        control.CountRefused(Backlog.Short);
        Look(control, times: 8);
        Assert.True(control.Limit > limit);
    }

    private static void Look(OverloadControl control, int times)
    {
        for (; times > 0; times--)
            control.Observe(new LoadSample(TimeSpan.Zero, Cpu: 1));
    }

    [Fact]
    public void Nothing_waits_for_a_second_look_when_messages_are_about_to_be_lost_for_want_of_CPU()
    {
        var control = new OverloadedServer(Capacity).Begin().Control;
        Assert.Null(control.Observe(new LoadSample(TimeSpan.FromMilliseconds(60), Cpu: 1)));

        Assert.Contains(Enumerable.Range(0, 100), _ => !control.Admits(isPaid: false, Backlog.NearlyFull));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(control.Admits(isPaid: false, Backlog.Long)));

        Assert.True(control.Observe(new LoadSample(TimeSpan.FromMilliseconds(60), Cpu: 1)));
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(control.Admits(isPaid: false, Backlog.Short)));
    }

    [Fact]
    public void A_long_queue_alone_is_no_overload()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 5, Capacity / 2);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(server.Control.Admits(isPaid: false, Backlog.NearlyFull)));
    }

    [Fact]
    public void Under_overload_a_few_requests_a_second_pass_the_longest_queue()
    {
        var server = new OverloadedServer(Capacity).Begin(new() { AlwaysAdmitted = 20 });
        server.Run(seconds: 2, Capacity * 4);

        Assert.Equal(3, Enumerable.Range(0, 1_000).Count(_ => server.Control.Admits(isPaid: false, Backlog.NearlyFull)));
    }

    [Fact]
    public void Without_overload_nothing_is_refused()
    {
        var server = new OverloadedServer(Capacity).Begin();

        server.Run(seconds: 10, Capacity * 0.95);

        Assert.Equal((0, 0L), (server.Changes, server.Control.Refused));
    }

    [Fact]
    public void A_full_load_that_waits_less_than_the_target_is_no_overload()
    {
        // A closed loop of clients keeps every server busy: only the waiting tells.
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 0.03, Capacity * 2);

        server.Run(seconds: 10, Capacity);

        Assert.Equal(0, server.Control.Refused);
    }

    [Fact]
    public void A_stumble_of_two_seconds_refuses_nobody()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 2, Capacity / 2);

        server.Stumble(2);
        server.Run(seconds: 5, Capacity / 2);

        Assert.Equal(0, server.Control.Refused);
    }

    [Fact]
    public void When_the_load_is_gone_so_is_the_limit()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 10, Capacity * 2);
        Assert.True(server.Control.IsLimiting);

        server.Run(seconds: 5, Capacity * 0.5);

        Assert.False(server.Control.IsLimiting);
        Assert.Equal(2, server.Changes);
    }

    [Fact]
    public void A_load_of_twice_the_maximum_does_not_make_the_state_flap()
    {
        var server = new OverloadedServer(Capacity).Begin();

        server.Run(seconds: 60, Capacity * 2);

        Assert.Equal(1, server.Changes);
    }

    [Fact]
    public void However_slow_the_machine_a_few_requests_a_second_are_admitted()
    {
        var server = new OverloadedServer(Capacity).Begin(new() { AlwaysAdmitted = 20 });
        server.Run(seconds: 2, Capacity * 2);
        server.Stumble(30);

        Assert.InRange(server.Control.Limit, 20, 21);
    }

    [Fact]
    public void With_little_to_do_the_load_is_looked_at_more_rarely_and_often_again_once_something_waits()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 10, Capacity / 10);
        Assert.InRange(server.CalmLooks, 36, 41);
        Assert.True(server.Control.IsCalm);

        server.Run(seconds: 2, Capacity * 4);

        Assert.False(server.Control.IsCalm);
        Assert.True(server.Control.IsLimiting);
    }

    [Fact]
    public void One_bad_look_after_calm_counts_once()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 5, Capacity / 10);
        var bad = new LoadSample(TimeSpan.FromSeconds(1), Cpu: 1);

        Assert.Null(server.Control.Observe(bad, isAfterCalm: true));
        Assert.Null(server.Control.Observe(bad));
        Assert.True(server.Control.Observe(bad));
    }

    [Fact]
    public void What_continues_admitted_work_is_refused_only_where_messages_are_about_to_be_lost()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 2, Capacity * 4);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(server.Control.Admits(isPaid: true, Backlog.Long)));
        Assert.Contains(Enumerable.Range(0, 10_000), _ => !server.Control.Admits(isPaid: true, Backlog.NearlyFull));
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var server = new OverloadedServer(Capacity).Begin();
        server.Run(seconds: 2, Capacity * 4);
        Allocations.AssertNone(() => server.Control.Admits(isPaid: false, Backlog.Short));
        Allocations.AssertNone(() => server.Control.Admits(isPaid: false, Backlog.Long));
    }
}
