using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Destinations;

/// <summary>Counts the calls of one destination.</summary>
[GrainType("destination")]
internal sealed class DestinationGrain(IOpenCalls openCalls, TimeProvider clock) : Grain, IDestinationGrain
{
    private static readonly TimeSpan BookingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(10);

    private readonly DestinationState _state = new();
    private DateTimeOffset _checked = DateTimeOffset.MinValue;

    public async Task<Result> Take(Guid call, int capacity)
    {
        var now = clock.GetUtcNow();
        if (capacity > 0 && _state.Count >= capacity && now - _checked >= CheckPeriod)
        {
            _checked = now;
            await ReleaseAbandoned(now);
        }

        return _state.Take(call, capacity, now);
    }

    public Task Release(Guid call)
    {
        _state.Release(call);
        return Task.CompletedTask;
    }

    public Task<int> CountCalls() => Task.FromResult(_state.Count);

    private async Task ReleaseAbandoned(DateTimeOffset now)
    {
        var tenant = new TenantId(this.GetPrimaryKeyString().Split('/')[0]);
        var calls = await openCalls.List(tenant, CancellationToken.None);
        _state.ReleaseAbandoned(calls.Select(call => call.Id).ToHashSet(), now - BookingDelay);
    }
}
