using System.Collections.Immutable;
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
    private readonly GatewayQuestions<CallTrace> _traces = new(clock);
    private readonly GatewayQuestions<CallProgress?> _progress = new(clock);
    private readonly GatewayQuestions<ImmutableArray<FlowId>> _callsOver = new(clock);
    private readonly GatewayQuestions<bool> _hasCall = new(clock);
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

    public Task<Result<ImmutableArray<FlowId>>> FindCallsOver(string node) =>
        _callsOver.Ask(this.GetPrimaryKeyString(), ticket => Tell(gateway => gateway.OnFindCallsOver(node, ticket)));

    public Task TakeCallsOver(Guid ticket, ImmutableArray<FlowId> flows) => _callsOver.Take(ticket, flows);

    public Task<Result> HangUpCallsOver(string node, string reason) => Tell(gateway => gateway.OnHangUpCallsOver(node, reason));

    public Task<Result<bool>> HasCall(SoughtCall call) =>
        _hasCall.Ask(this.GetPrimaryKeyString(), ticket => Tell(gateway => gateway.OnHasCall(call, ticket)));

    public Task TakeHasCall(Guid ticket, bool hasCall) => _hasCall.Take(ticket, hasCall);

    public async Task<Result<CallProgress>> FindProgress(Guid call)
    {
        var answer = await _progress.Ask(this.GetPrimaryKeyString(), ticket => Tell(gateway => gateway.OnFindProgress(call, ticket)));
        return answer.Problem is { } problem ? problem
            : answer.Value is { } progress ? progress
            : Problem.NotFound("There is no such call in progress.");
    }

    public Task TakeProgress(Guid ticket, CallProgress? progress) => _progress.Take(ticket, progress);

    public Task<Result<CallTrace>> FindTrace(TraceQuery query) =>
        _traces.Ask(this.GetPrimaryKeyString(), ticket => Tell(gateway => gateway.OnFindTrace(query, ticket)));

    public Task TakeTrace(Guid ticket, CallTrace trace) => _traces.Take(ticket, trace);

    private async Task<Result> Tell(Func<IGatewayObserver, Task> news)
    {
        if (_attached is not { } attached || !attached.IsCurrent(clock.GetUtcNow()))
            return Problem.NotFound($"No gateway runs on node '{this.GetPrimaryKeyString()}'.");

        await news(attached.Gateway);
        return Result.Done;
    }
}
