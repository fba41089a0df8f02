using System.Collections.Immutable;
using Orleans.Placement;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>Writes what a node's gateway reports of its calls, many calls at a time.</summary>
[GrainType("call-book")]
[PreferLocalPlacement]
internal sealed class CallBookGrain(OpenCalls openCalls, CallHistory history) : Grain, ICallBookGrain
{
    public async Task Write(ImmutableArray<CallReport> reports)
    {
        // A second CDR replaces the first: a node thought dead may bring the better one.
        var gone = await FindGone(reports);
        var records = reports.Where(report => report.End is not null && !gone.Contains(report.Call.Tenant)).Select(report => report.End!);
        await Task.WhenAll(
            history.Write(records),
            openCalls.Write(reports.Where(report => report.End is null).Select(report => report.Call)));

        // Last: until its CDR is durable the row is what is known of a call.
        await openCalls.Remove(reports.Where(report => report.End is not null && report.MayHaveRow).Select(report => report.Call));
    }

    /// <summary>
    /// Tenants that calls have outlived: what a removal has swept must not come back, or the next tenant of that id would read it.
    /// </summary>
    private async Task<HashSet<TenantId>> FindGone(ImmutableArray<CallReport> reports)
    {
        var gone = new HashSet<TenantId>();
        foreach (var tenant in reports.Where(report => report.End is not null).Select(report => report.Call.Tenant).Distinct())
        {
            if (!(await GrainFactory.GetGrain<ITenantGrain>(tenant.Value).Get()).IsSuccess)
                gone.Add(tenant);
        }

        return gone;
    }
}
