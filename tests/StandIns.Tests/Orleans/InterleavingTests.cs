using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>The attributes that let requests interleave.</summary>
public sealed class InterleavingTests(OneSilo silo) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task A_reentrant_grain_takes_a_request_while_another_awaits()
    {
        var grain = silo.Get<IReentrantGrain>();
        var (name, gate) = Gate.New();
        var held = grain.Hold(name);
        await gate.Entered;

        await grain.Note("between").Soon();

        Assert.Equal([$"begin {name}", "between"], await grain.Peek());
        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task An_always_interleaving_method_runs_while_another_awaits()
    {
        var grain = silo.Get<ITurnGrain>();
        var (name, gate) = Gate.New();
        var held = grain.Hold(name);

        Assert.Equal([$"begin {name}"], await grain.Peek().Soon());

        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task Read_only_methods_run_beside_each_other()
    {
        var grain = silo.Get<ITurnGrain>();
        var (firstName, first) = Gate.New();
        var (secondName, second) = Gate.New();
        var readers = Task.WhenAll(grain.HoldReading(firstName), grain.HoldReading(secondName));

        await Task.WhenAll(first.Entered, second.Entered);

        second.Open();
        first.Open();
        await readers.Soon();
    }

    [Fact]
    public async Task A_read_only_method_waits_for_a_writing_one()
    {
        var grain = silo.Get<ITurnGrain>();
        var (writerName, writer) = Gate.New();
        var (readerName, reader) = Gate.New();
        reader.Open();
        var both = Task.WhenAll(grain.Hold(writerName), grain.HoldReading(readerName));
        Assert.Equal([$"begin {writerName}"], await grain.Peek().Soon());

        writer.Open();
        await both.Soon();

        Assert.Equal($"begin {readerName}", (await grain.Peek())[2]);
    }

    [Fact]
    public async Task A_predicate_lets_the_requests_it_names_interleave()
    {
        var grain = silo.Get<IPredicateGrain>();
        var (name, gate) = Gate.New();
        var held = grain.Hold(name);
        await gate.Entered;

        await grain.Note("between").Soon();

        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task A_predicate_keeps_back_the_requests_it_does_not_name()
    {
        var grain = silo.Get<IPredicateGrain>();
        var (firstName, first) = Gate.New();
        var (secondName, second) = Gate.New();
        second.Open();
        var both = Task.WhenAll(grain.Hold(firstName), grain.Hold(secondName));

        Assert.Equal([$"begin {firstName}"], await grain.Peek().Soon());

        first.Open();
        await both.Soon();
    }

    [Fact]
    public async Task A_one_way_call_is_complete_for_its_caller_before_the_grain_is_done()
    {
        var grain = silo.Get<ITurnGrain>();
        var (name, gate) = Gate.New();

        await grain.Tell(name).Soon();

        var next = grain.Note("next");
        gate.Open();
        await next.Soon();
        Assert.Equal([$"begin {name}", $"end {name}", "next"], await grain.Peek());
    }
}
