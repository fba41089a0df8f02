using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>The places of a destination.</summary>
internal sealed class InMemoryDestination(Weather weather) : IDestinationGrain
{
    private readonly HashSet<Guid> _calls = [];

    public int Taken => _calls.Count;

    public Task<Result> Take(Guid call, int capacity) => weather.Answer(() =>
    {
        if (!_calls.Contains(call) && _calls.Count >= capacity)
            return (Result)new Problem(ProblemKind.OverLimit, "Full.");

        _calls.Add(call);
        return Result.Done;
    });

    public Task Release(Guid call) => weather.Answer(() => _calls.Remove(call));

    public Task<int> CountCalls() => weather.Answer(() => _calls.Count);
}
