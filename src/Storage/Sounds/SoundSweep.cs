using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Storage.Sounds;

/// <summary>
/// Ends the changes of sounds that came to no end, since their process did: removes what their tenants do not name. Any node does it for all; where no change
/// is left over the blob service is asked nothing.
/// </summary>
internal sealed partial class SoundSweep(
    SoundNotes notes, SoundStore sounds, ConfigRows config, TimeProvider clock, ILogger<SoundSweep> logger) : BackgroundService
{
    /// <summary>By then a change is over, one way or the other: all that it waits for gives up long before.</summary>
    internal static readonly TimeSpan LongestChange = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>Ends the changes that are left over now; one that cannot be ended keeps no other from it, and is tried again the next time.</summary>
    internal async Task Sweep(CancellationToken cancel)
    {
        // What is noted waits until a blob service is named: without one it would be warned of each time.
        if (sounds.Obstacle is not null)
            return;

        var moment = clock.GetUtcNow() - LongestChange;
        await foreach (var (note, tenant) in notes.ListOlder(moment, cancel))
            await TryEnd(note, tenant, moment, cancel);
    }

    private async Task TryEnd(Guid note, TenantId tenant, DateTimeOffset moment, CancellationToken cancel)
    {
        try
        {
            await RemoveUnnamed(tenant, moment, cancel);
            await notes.End(note, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotSwept(fault.Message, Period);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
                await TrySweep(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TrySweep(CancellationToken cancel)
    {
        try
        {
            await Sweep(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotSwept(fault.Message, Period);
        }
    }

    private async Task RemoveUnnamed(TenantId tenant, DateTimeOffset moment, CancellationToken cancel)
    {
        var row = await config.Find<TenantDocument>(tenant.Value, ConfigKeys.Tenant, cancel);
        HashSet<Guid> named = row is null || row.Value.Tenant.Sounds.IsDefault ? [] : [.. row.Value.Tenant.Sounds.Select(sound => sound.Id)];
        var removed = 0;
        await foreach (var id in sounds.List(tenant, cancel))
        {
            // What is younger may be on its way to be named.
            if (named.Contains(id) || CallKeys.FindStart(id) >= moment.ToUnixTimeMilliseconds())
                continue;

            await sounds.Delete(tenant, id, cancel);
            removed++;
        }

        if (removed > 0)
            LogRemoved(removed, tenant);
    }

    [LoggerMessage(6030, LogLevel.Information, "Removed {Count} sounds of tenant {Tenant} that a change which came to no end had left")]
    private partial void LogRemoved(int count, TenantId tenant);

    [LoggerMessage(6031, LogLevel.Warning, "What changes of sounds have left over is not removed yet ({Reason}); trying again in {Period}")]
    private partial void LogNotSwept(string reason, TimeSpan period);
}
