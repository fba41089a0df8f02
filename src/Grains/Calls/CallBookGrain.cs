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
        var (ended, open, closed) = Sort(reports);
        await DropGone(ended);

        // A second CDR replaces the first: a node thought dead may bring the better one.
        await Task.WhenAll(history.Write(ended), openCalls.Write(open));

        // Last: until its CDR is durable the row is what is known of a call.
        await openCalls.Remove(closed);
    }

    private static (List<CallReport> Ended, List<CallSummary> Open, List<CallSummary> Closed) Sort(ImmutableArray<CallReport> reports)
    {
        var ended = new List<CallReport>(reports.Length);
        var (open, closed) = (new List<CallSummary>(), new List<CallSummary>());
        foreach (var report in reports)
        {
            if (report.End is null)
                open.Add(report.Call);
            else
                ended.Add(report);
            if (report is { End: not null, MayHaveRow: true })
                closed.Add(report.Call);
        }

        return (ended, open, closed);
    }

    /// <summary>
    /// Tenants that calls have outlived: what a removal has swept must not come back, or the next tenant of that id would read it.
    /// </summary>
    private async Task DropGone(List<CallReport> ended)
    {
        var (known, gone) = (new HashSet<TenantId>(), new HashSet<TenantId>());
        var last = default(TenantId);
        foreach (var report in ended)
        {
            var tenant = report.Call.Tenant;
            if (tenant == last)
                continue;

            last = tenant;
            if (known.Add(tenant) && !(await GrainFactory.GetGrain<ITenantGrain>(tenant.Value).Get()).IsSuccess)
                gone.Add(tenant);
        }

        if (gone.Count > 0)
            ended.RemoveAll(report => gone.Contains(report.Call.Tenant));
    }
}
