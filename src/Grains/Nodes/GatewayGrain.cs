using Orleans.Concurrency;
using Orleans.Placement;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Grains.Nodes;

/// <summary>The door to one node's gateway.</summary>
[GrainType("gateway")]
[PreferLocalPlacement]
[Reentrant]
internal sealed class GatewayGrain(TimeProvider clock) : Grain, IGatewayGrain
{
    private GatewayAttachment? _attached;

    public Task Attach(IGatewayObserver gateway, string incarnation)
    {
        _attached = GatewayAttachment.Latest(_attached, new(gateway, incarnation, clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task Detach(string incarnation)
    {
        if (_attached?.Incarnation == incarnation)
            _attached = null;

        return Task.CompletedTask;
    }

    public Task<Result> Send(FlowAddress flow, SipBytes message) => _attached?.Holds(flow.Id, clock.GetUtcNow()) == true
        ? Tell(gateway => gateway.OnSend(flow, message))
        : Task.FromResult<Result>(Problem.NotFound("The flow is gone."));

    public Task<Result> Receive(FlowAddress flow, SipBytes message) =>
        Tell(gateway => gateway.OnReceive(flow, message));

    public Task<Result> HangUp(Guid call, string reason) => Tell(gateway => gateway.OnHangUp(call, reason));

    private async Task<Result> Tell(Func<IGatewayObserver, Task> news)
    {
        if (_attached is not { } attached || !attached.IsCurrent(clock.GetUtcNow()))
            return Problem.NotFound($"No gateway runs on node '{this.GetPrimaryKeyString()}'.");

        await news(attached.Gateway);
        return Result.Done;
    }
}
