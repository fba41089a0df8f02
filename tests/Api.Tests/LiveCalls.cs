using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests;

/// <summary>Puts calls into the grains, as a gateway would.</summary>
internal static class LiveCalls
{
    /// <summary>An answered call from one number to another.</summary>
    public static async Task<CallSummary> Open(
        this Product product, TenantId tenant, string from, string to, DateTimeOffset? started = null)
    {
        var at = started ?? TimeProvider.System.GetUtcNow();
        var call = new CallSummary
        {
            Id = Guid.CreateVersion7(at),
            Tenant = tenant,
            Node = product.Node.Name,
            Incarnation = product.Node.Incarnation,
            Caller = new(from, "", CallPartyKind.Extension, "192.0.2.51:5060", "MicroSIP/3.21.3"),
            Callee = new(to, "", CallPartyKind.Extension, "192.0.2.52:5060", "baresip"),
            Started = at,
            Answered = at.AddSeconds(3),
            State = CallState.Answered,
            SipCallId = "abc@192.0.2.51",
        };
        await product.Report(call, null);
        return call;
    }

    /// <summary>A call that is over.</summary>
    public static async Task<CallSummary> Finish(
        this Product product, TenantId tenant, string from, string to, DateTimeOffset? started = null)
    {
        var call = await product.Open(tenant, from, to, started);
        await product.Report(call, new CallRecord
        {
            Call = call with { State = CallState.Ended },
            Ended = call.Started.AddSeconds(13),
            Status = 200,
            EndedBy = CallEnd.Caller,
            Reason = "The caller hung up.",
            CallerMedia = new(500, 86000, 498, 85656, 2, 1.5, 0, "PCMU"),
            Decisions = [new(call.Started, "tenant", "By its domain.")],
        });
        return call;
    }

    private static Task Report(this Product product, CallSummary call, CallRecord? end) =>
        product.Grains.GetGrain<ICallBookGrain>(product.Node.Name).Write([new(call, end, MayHaveRow: true)]);
}
