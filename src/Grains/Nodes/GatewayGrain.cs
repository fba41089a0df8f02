using Orleans.Concurrency;
using Orleans.Placement;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;

namespace TekSipCloud.Grains.Nodes;

/// <summary>The door to one node's gateway.</summary>
[GrainType("gateway")]
[PreferLocalPlacement]
[Reentrant]
internal sealed class GatewayGrain(TimeProvider clock) : Grain, IGatewayGrain
{
    private static readonly TimeSpan TraceDeadline = TimeSpan.FromSeconds(5);
    private readonly Dictionary<Guid, TaskCompletionSource<CallTrace>> _wanted = [];
    private GatewayAttachment? _attached;
    private GatewayState? _state;

    public Task Attach(IGatewayObserver gateway, string incarnation)
    {
        _attached = GatewayAttachment.Latest(_attached, new(gateway, incarnation, clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task Detach(string incarnation)
    {
        if (_attached?.Incarnation == incarnation)
            (_attached, _state) = (null, null);

        return Task.CompletedTask;
    }

    public Task Report(string incarnation, GatewayState state)
    {
        if (_attached?.Incarnation == incarnation)
            _state = state;

        return Task.CompletedTask;
    }

    public Task<GatewayState?> GetState() => Task.FromResult(_attached?.IsCurrent(clock.GetUtcNow()) == true ? _state : null);

    public Task<Result> Drain(TimeSpan? within) => Tell(gateway => gateway.OnDrain(within));

    public Task<Result> TakeBackDrain() => Tell(gateway => gateway.OnDrainTakenBack());

    public Task<Result> Send(FlowAddress flow, SipBytes message) => _attached?.Holds(flow.Id, clock.GetUtcNow()) == true
        ? Tell(gateway => gateway.OnSend(flow, message))
        : Task.FromResult<Result>(Problem.NotFound("The flow is gone."));

    public Task<Result> Receive(FlowAddress flow, SipBytes message) =>
        Tell(gateway => gateway.OnReceive(flow, message));

    public Task<Result> HangUp(Guid call, string reason) => Tell(gateway => gateway.OnHangUp(call, reason));

    public async Task<Result<CallTrace>> FindTrace(TraceQuery query)
    {
        var ticket = Guid.NewGuid();
        var answer = new TaskCompletionSource<CallTrace>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted[ticket] = answer;
        try
        {
            var told = await Tell(gateway => gateway.OnFindTrace(query, ticket));
            return told.Problem is { } problem ? problem : await answer.Task.WaitAsync(TraceDeadline, clock);
        }
        catch (TimeoutException)
        {
            return Problem.NotFound($"The gateway of node '{this.GetPrimaryKeyString()}' does not answer.");
        }
        finally
        {
            _wanted.Remove(ticket);
        }
    }

    public Task TakeTrace(Guid ticket, CallTrace trace)
    {
        if (_wanted.TryGetValue(ticket, out var answer))
            answer.TrySetResult(trace);

        return Task.CompletedTask;
    }

    private async Task<Result> Tell(Func<IGatewayObserver, Task> news)
    {
        if (_attached is not { } attached || !attached.IsCurrent(clock.GetUtcNow()))
            return Problem.NotFound($"No gateway runs on node '{this.GetPrimaryKeyString()}'.");

        await news(attached.Gateway);
        return Result.Done;
    }
}
