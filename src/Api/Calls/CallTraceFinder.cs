using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Calls;

/// <summary>Asks the node that had a call, or every node about a Call-ID, for the messages that it remembers.</summary>
internal sealed class CallTraceFinder(IGrainFactory grains, ICallHistory history, INodeLeases leases, TimeProvider clock)
{
    /// <summary>The trace of a call; NotFound when there was no such call. Empty when its node is gone or has forgotten it.</summary>
    public async Task<Result<CallTrace>> Find(TenantId tenant, Guid call, CancellationToken cancel)
    {
        if (await FindNode(tenant, call, cancel) is not { } node)
            return Problem.NotFound("There is no such call.");

        return await Ask(node, new TraceQuery(tenant, call, SipCallId: ""));
    }

    /// <summary>Messages with a Call-ID that name a domain of the tenant, such as a request that was refused.</summary>
    public async Task<CallTrace> Find(TenantId tenant, string sipCallId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var nodes = (await leases.List(cancel)).Where(lease => lease.Expires > now).Select(lease => lease.Name);
        var traces = await Task.WhenAll(nodes.Select(node => Ask(node, new TraceQuery(tenant, Call: null, sipCallId))));
        return new([.. traces.SelectMany(trace => trace.Messages).OrderBy(message => message.At).TakeLast(CallTrace.MaxMessages)]);
    }

    private async Task<CallTrace> Ask(string node, TraceQuery query)
    {
        var answer = await grains.GetGrain<IGatewayGrain>(node).FindTrace(query);
        return answer.IsSuccess ? answer.Value : new CallTrace([]);
    }

    private async Task<string?> FindNode(TenantId tenant, Guid call, CancellationToken cancel)
    {
        var open = await grains.Call(tenant, call).Get();
        return open.IsSuccess ? open.Value.Node : (await history.Find(tenant, call, cancel))?.Call.Node;
    }
}
