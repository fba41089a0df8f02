using System.Collections.Immutable;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal abstract class Turns : Grain, ITurns
{
    private readonly List<string> _journal = [];
    private int _count;

    public Task Note(string text)
    {
        _journal.Add(text);
        return Task.CompletedTask;
    }

    public Task Hold(string gate) => Wait(gate);

    public Task HoldReading(string gate) => Wait(gate);

    public Task Tell(string gate) => Wait(gate);

    public Task HoldBriefly(string gate) => Wait(gate);

    public Task<ImmutableArray<string>> Peek() => Task.FromResult(_journal.ToImmutableArray());

    public async Task<int> Race(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            _count++;
            await Task.Yield();
        }

        return _count;
    }

    public Task Block(string gate)
    {
        Gate.Of(gate).PassBlocking();
        return Task.CompletedTask;
    }

    private async Task Wait(string gate)
    {
        _journal.Add($"begin {gate}");
        await Gate.Of(gate).Pass();
        _journal.Add($"end {gate}");
    }
}
