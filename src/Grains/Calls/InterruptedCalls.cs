using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Grains.Nodes;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Grains.Calls;

/// <summary>
/// Closes the calls of dead nodes in the books: those of this node's earlier starts at once, those of others every
/// minute.
/// </summary>
internal sealed partial class InterruptedCalls(
    OpenCalls openCalls,
    CallHistory history,
    INodeLeases leases,
    NodeLeaseService lease,
    NodeIdentity self,
    TimeProvider clock,
    ILogger<InterruptedCalls> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
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
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(fault);
        }
    }

    private async Task Close(List<OpenCall> rows, NodeLease? lastLease)
    {
        if (rows.Count == 0)
            return;

        await Task.WhenAll(rows.Select(row => Close(row, lastLease)));
        LogClosed(rows.Count, rows[0].Call.Node);
    }

    private async Task Close(OpenCall row, NodeLease? lastLease)
    {
        var call = row.Call;
        // The node may have died between the two writes of a normal end.
        var record = await history.Find(call.Tenant, call.Id, CancellationToken.None)
            ?? InterruptedCall.ToRecord(row, lastLease, NodeLeaseService.Lifetime, clock.GetUtcNow());
        await history.Write(record);
        await openCalls.Remove(call.Node, call.Tenant, call.Id);
    }

    [LoggerMessage(
        3020, LogLevel.Warning, "{Count} calls were interrupted when node {Node} died; they are closed in the history")]
    private partial void LogClosed(int count, string node);

    [LoggerMessage(3021, LogLevel.Error, "Calls of dead nodes could not be closed; it is tried again in a minute")]
    private partial void LogFailed(Exception fault);
}
