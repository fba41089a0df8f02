using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Nodes;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Calls;

/// <summary>
/// Closes the calls of dead nodes in the books: those of this node's earlier starts at once, with what they left in the journal; those of
/// others every minute.
/// </summary>
internal sealed partial class InterruptedCalls(
    OpenCalls openCalls,
    CallHistory history,
    CallJournal journal,
    TenantDirectory tenants,
    INodeLeases leases,
    NodeLeaseService lease,
    NodeIdentity self,
    TimeProvider clock,
    ILogger<InterruptedCalls> logger) : BackgroundService
{
    private const int ReadAtOnce = 64;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TakeUpJournal(cancellationToken);
        await CloseOwn(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Closes the calls of every node whose lease lapsed.</summary>
    public async Task CloseOthers(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var dead in (await leases.List(cancel)).Where(other => other.Name != self.Name && other.Expires < now))
        {
            var rows = await openCalls.ListRows(dead.Name, cancel);
            await Close([.. rows], dead);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
                await TryCloseOthers(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TakeUpJournal(CancellationToken cancel)
    {
        var known = new Dictionary<TenantId, bool>();
        var left = new List<CallReport>();
        foreach (var report in journal.ReadLeft())
        {
            var tenant = report.Call.Tenant;
            if (!known.TryGetValue(tenant, out var isKnown))
                known[tenant] = isKnown = await tenants.Has(tenant, cancel);
            if (isKnown)
                left.Add(report);
        }

        if (left.Count > 0)
            LogTakenUp(left.Count);
        await history.Write(left.Where(report => report.End is not null));
        var open = left.Where(report => report.End is null).Select(report => report.Call);
        await Close([.. open.Select(call => new OpenCall(call, call.Answered ?? call.Started))], lease.Predecessor);
        journal.DeleteLeft();
    }

    private async Task CloseOwn(CancellationToken cancel)
    {
        var rows = await openCalls.ListRows(self.Name, cancel);
        await Close([.. rows.Where(row => row.Call.Incarnation != self.Incarnation)], lease.Predecessor);
    }

    private async Task TryCloseOthers(CancellationToken stop)
    {
        try
        {
            await CloseOthers(stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The host stops, and whatever storage says is of no use any more: another node or the next start closes what is left.
        }
        catch (Exception fault)
        {
            // Cancelled without a stop is a time-out of the storage client's own.
            LogFailed(fault);
        }
    }

    private async Task Close(List<OpenCall> rows, NodeLease? lastLease)
    {
        if (rows.Count == 0)
            return;

        foreach (var some in rows.Chunk(ReadAtOnce))
        {
            await history.Write(await Task.WhenAll(some.Select(row => Find(row, lastLease))));
            await openCalls.Remove(some.Select(row => row.Call));
        }

        LogClosed(rows.Count, rows[0].Call.Node);
    }

    // The node may have died between the two writes of a normal end.
    private async Task<CallRecord> Find(OpenCall row, NodeLease? lastLease) =>
        await history.Find(row.Call.Tenant, row.Call.Id, CancellationToken.None)
        ?? InterruptedCall.ToRecord(row, lastLease, NodeLeaseService.Lifetime, clock.GetUtcNow());

    [LoggerMessage(
        3020, LogLevel.Warning, "{Count} calls were interrupted when node {Node} died; they are closed in the history")]
    private partial void LogClosed(int count, string node);

    [LoggerMessage(3022, LogLevel.Warning, "{Count} calls are taken from the journal of this node's last start into the books")]
    private partial void LogTakenUp(int count);

    [LoggerMessage(3021, LogLevel.Error, "Calls of dead nodes could not be closed; it is tried again in a minute")]
    private partial void LogFailed(Exception fault);
}
