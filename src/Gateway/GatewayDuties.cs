using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway.Trunks;

namespace TekSipCloud.Gateway;

/// <summary>What a gateway does without being asked: each second it reports counters, each minute it renews what would lapse.</summary>
internal sealed partial class GatewayDuties(
    GatewayContext context, DestinationAddresses addresses, ExternalAddress external, ILogger<GatewayDuties> logger) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private Task _lookups = Task.CompletedTask;

    /// <summary>Starts.</summary>
    /// <param name="attach">Tells the node's grain that this gateway lives.</param>
    public void Start(Func<Task> attach) => _work = Task.Run(() => Work(attach));

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _work;
        await _lookups;
    }

    public void Dispose() => _stop.Dispose();

    private async Task Work(Func<Task> attach)
    {
        var untilRenewal = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Second, context.Clock);
        do
        {
            await Attempt(Report);
            if (untilRenewal <= TimeSpan.Zero)
            {
                await Attempt(() => Renew(attach));
                untilRenewal = GatewayObserver.RenewalPeriod;
            }

            untilRenewal -= Second;
        }
        while (await Tick(timer));

        // The last figures: nothing is registered or in progress here any more.
        await Attempt(Report);
    }

    private async Task<bool> Tick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Report()
    {
        await ReportState();
        context.Registrations.Sweep();
        await context.Refreshes.Report(all: _stop.IsCancellationRequested, CancellationToken.None);
        foreach (var (tenant, values) in context.Counters.TakeChanged())
            await context.Grains.GetGrain<ICountersGrain>(tenant.Value).Report(context.Node.Name, context.Node.Incarnation, values);
    }

    private Task ReportState()
    {
        var (drain, overload) = (context.Drain, context.Overload);
        var load = overload.Last;
        var state = new GatewayState(
            drain.Phase, context.Calls.Count, drain.Deadline, overload.IsLimiting, load.Cpu, load.Delay, context.Outbox.Read(),
            drain.Carried);
        return context.Grains.GetGrain<IGatewayGrain>(context.Node.Name).Report(context.Node.Incarnation, state);
    }

    private async Task Renew(Func<Task> attach)
    {
        await attach();
        await context.Tenants.Renew();
        // Beside the rest: name servers that are away must not hold up the figures.
        if (_lookups.IsCompleted)
            _lookups = Attempt(() => Task.WhenAll(external.Refresh(_stop.Token), addresses.Refresh(context.Tenants.All, _stop.Token)));
    }

    private async Task Attempt(Func<Task> duty)
    {
        try
        {
            await duty();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(4006, LogLevel.Warning, "A periodic duty failed; it is tried again")]
    private partial void LogFailed(Exception exception);
}
