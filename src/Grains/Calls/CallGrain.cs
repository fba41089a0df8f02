using Orleans.Placement;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>
/// Speaks for one call. It wakes when somebody asks and reads the books, so that a call which nobody asks about costs no activation.
/// </summary>
[GrainType("call")]
[PreferLocalPlacement]
internal sealed class CallGrain(OpenCalls openCalls) : Grain, ICallGrain
{
    public async Task<Result<CallSummary>> Get()
    {
        var key = CallKey.Parse(this.GetPrimaryKeyString());
        return await openCalls.Find(key.Tenant, key.Call, CancellationToken.None) is { } call
            ? call
            : Problem.NotFound("There is no such call in progress.");
    }

    public async Task<Result<CallProgress>> GetProgress()
    {
        var found = await Get();
        return found.IsSuccess
            ? await GrainFactory.GetGrain<IGatewayGrain>(found.Value.Node).FindProgress(found.Value.Id)
            : found.Problem;
    }

    public async Task<Result> HangUp(string reason)
    {
        var found = await Get();
        return found.IsSuccess
            ? await GrainFactory.GetGrain<IGatewayGrain>(found.Value.Node).HangUp(found.Value.Id, reason)
            : found.Problem;
    }
}
