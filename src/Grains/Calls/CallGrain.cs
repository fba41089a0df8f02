using Orleans.Placement;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>Mirrors one call.</summary>
[GrainType("call")]
[PreferLocalPlacement]
internal sealed class CallGrain(OpenCalls openCalls, CallHistory history) : Grain, ICallGrain
{
    private CallMirror _mirror = CallMirror.Unknown;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = CallKey.Parse(this.GetPrimaryKeyString());
        if (await history.Find(key.Tenant, key.Call, cancellationToken) is not null)
            _mirror = CallMirror.Over;
        else if (await openCalls.Find(key.Tenant, key.Call, cancellationToken) is { } call)
            _mirror = CallMirror.Of(call);
    }

    public Task Open(CallSummary call) => Store(_mirror.Open(call));

    public Task Progress(CallSummary call) => Store(_mirror.Progress(call));

    public async Task End(CallRecord record)
    {
        // A call may outlive its tenant: what the removal has swept must not come back, or the next tenant of that id would read it.
        // A second End replaces the first: a node thought dead may bring the better record.
        if ((await GrainFactory.GetGrain<ITenantGrain>(record.Call.Tenant.Value).Get()).IsSuccess)
            await history.Write(record);
        await openCalls.Remove(record.Call.Node, record.Call.Tenant, record.Call.Id);
        _mirror = CallMirror.Over;
    }

    public Task<Result<CallSummary>> Get() => Task.FromResult<Result<CallSummary>>(
        _mirror.Call is { } call ? call : Problem.NotFound("There is no such call in progress."));

    public async Task<Result> HangUp(string reason) => _mirror.Call is { } call
        ? await GrainFactory.GetGrain<IGatewayGrain>(call.Node).HangUp(call.Id, reason)
        : Problem.NotFound("There is no such call in progress.");

    private async Task Store(CallMirror next)
    {
        if (next != _mirror && next.Call is { } call)
            await openCalls.Write(call);

        _mirror = next;
    }
}
