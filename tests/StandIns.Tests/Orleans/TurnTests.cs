using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Turn order and non-reentrancy.</summary>
public sealed class TurnTests(OneSilo silo) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task Requests_of_one_caller_run_in_the_order_in_which_they_were_sent()
    {
        var grain = silo.Get<ITurnGrain>();
        var notes = Enumerable.Range(0, 200).Select(i => $"{i}").ToArray();

        await Task.WhenAll(notes.Select(grain.Note)).Soon();

        Assert.Equal(notes, await grain.Peek());
    }

    [Fact]
    public async Task A_request_waits_until_the_running_one_has_ended()
    {
        var grain = silo.Get<ITurnGrain>();
        var (name, gate) = Gate.New();
        var held = grain.Hold(name);
        var second = grain.Note("second");
        Assert.Equal([$"begin {name}"], await grain.Peek().Soon());

        gate.Open();
        await Task.WhenAll(held, second).Soon();

        Assert.Equal([$"begin {name}", $"end {name}", "second"], await grain.Peek());
    }

    [Fact]
    public async Task A_call_does_not_run_on_its_callers_thread()
    {
        var grain = silo.Get<ITurnGrain>();
        var (name, gate) = Gate.New();

        var held = grain.Block(name);

        Assert.False(held.IsCompleted);
        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task A_caller_that_waited_too_long_gets_a_TimeoutException_and_the_turn_goes_on()
    {
        var grain = silo.Get<ITurnGrain>();
        var (name, gate) = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldBriefly(name).Soon());

        var next = grain.Note("next");
        gate.Open();
        await next.Soon();
        Assert.Equal([$"begin {name}", $"end {name}", "next"], await grain.Peek());
    }

    [Fact]
    public async Task A_call_cycle_waits_for_itself_until_it_times_out()
    {
        var grain = silo.Get<ICycleGrain>();
        var other = Guid.NewGuid().ToString("N");
        Assert.Equal(other, await grain.Ask(other, askBack: false).Soon());

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Ask(other, askBack: true).Soon());
    }

    [Fact]
    public async Task Turns_of_one_grain_never_overlap_even_where_requests_interleave()
    {
        const int callers = 20;
        const int rounds = 500;
        var grain = silo.Get<IReentrantGrain>();

        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => grain.Race(rounds))).Soon();

        Assert.Equal(callers * rounds, counts.Max());
    }

    [Fact]
    public async Task Grains_run_beside_each_other()
    {
        var (firstName, first) = Gate.New();
        var (secondName, second) = Gate.New();
        var held = silo.Get<ITurnGrain>().Hold(firstName);
        var other = silo.Get<ITurnGrain>().Hold(secondName);

        await Task.WhenAll(first.Entered, second.Entered);

        first.Open();
        second.Open();
        await Task.WhenAll(held, other).Soon();
    }
}
