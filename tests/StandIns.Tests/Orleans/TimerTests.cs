using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Grain timers, with short real periods.</summary>
public sealed class TimerTests(OneSilo silo) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task A_timer_ticks_again_and_again()
    {
        var grain = silo.Get<ITimerGrain>();
        await grain.StartCounting().Soon();

        await Pulse.Of(grain.GetPrimaryKeyString()).Next(3);

        await grain.Stop().Soon();
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_request()
    {
        var grain = silo.Get<ITimerGrain>();
        var (name, gate) = Gate.New();
        await grain.StartCounting().Soon();
        await Pulse.Of(grain.GetPrimaryKeyString()).Next(1);
        var held = grain.Hold(name);
        await gate.Entered;
        var before = await grain.Ticks().Soon();

        // Ten periods of another grain's timer pass meanwhile.
        var other = silo.Get<ITimerGrain>();
        await other.StartCounting().Soon();
        await Pulse.Of(other.GetPrimaryKeyString()).Next(10);

        Assert.Equal(before, await grain.Ticks().Soon());
        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task A_request_waits_for_a_tick_that_does_not_interleave()
    {
        var grain = silo.Get<ITimerGrain>();
        var (name, gate) = Gate.New();
        await grain.Start(name, interleave: false).Soon();
        await gate.Entered;

        var stop = grain.Stop();

        Assert.Equal(1, await grain.Ticks().Soon());
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop.Soon();
    }

    [Fact]
    public async Task A_request_runs_beside_a_tick_that_interleaves()
    {
        var grain = silo.Get<ITimerGrain>();
        var (name, gate) = Gate.New();
        await grain.Start(name, interleave: true).Soon();
        await gate.Entered;

        await grain.Stop().Soon();

        gate.Open();
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_stop_the_timer()
    {
        var grain = silo.Get<ITimerGrain>();
        await grain.StartFailing().Soon();

        await Pulse.Of(grain.GetPrimaryKeyString()).Next(1);

        Assert.True(await grain.Ticks().Soon() >= 2);
    }

    [Fact]
    public async Task A_changed_timer_ticks_at_its_new_time()
    {
        var grain = silo.Get<ITimerGrain>();
        await grain.StartLate().Soon();
        await grain.Hurry().Soon();

        await Pulse.Of(grain.GetPrimaryKeyString()).Next(1);

        Assert.Equal(1, await grain.Ticks().Soon());
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        var grain = silo.Get<ITimerGrain>();
        await grain.StartCounting().Soon();
        await Pulse.Of(grain.GetPrimaryKeyString()).Next(1);

        await grain.End().Soon();

        Assert.Equal(0, await grain.Ticks().Soon());
    }
}
