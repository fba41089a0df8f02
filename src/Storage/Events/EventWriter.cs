using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Storage.Events;

/// <summary>Takes the queued events to storage, several at once, until the host stops and the queue is empty.</summary>
internal sealed partial class EventWriter(EventLog log, TimeProvider clock, ILogger<EventWriter> logger) : BackgroundService
{
    private const int MaxAtOnce = 1_000;
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private long _reportedDrops;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (TakeQueued() is { Count: > 0 } lines && !cancellationToken.IsCancellationRequested)
            await TryStore(lines);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await log.Queue.WaitToReadAsync(stoppingToken))
            {
                if (!await TryStore(TakeQueued()))
                    await Task.Delay(PauseAfterFault, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest.
        }
    }

    private List<EventEntry> TakeQueued()
    {
        var lines = new List<EventEntry>();
        while (lines.Count < MaxAtOnce && log.Queue.TryRead(out var line))
            lines.Add(line);

        return lines;
    }

    private async Task<bool> TryStore(List<EventEntry> lines)
    {
        if (log.Dropped is var dropped && dropped > _reportedDrops)
        {
            LogDropped(dropped - _reportedDrops);
            _reportedDrops = dropped;
        }

        try
        {
            await log.Store(lines);
            return true;
        }
        catch (Exception fault)
        {
            LogLost(fault, lines.Count);
            return false;
        }
    }

    [LoggerMessage(6010, LogLevel.Warning, "{Count} events were dropped: they came faster than storage takes them")]
    private partial void LogDropped(long count);

    [LoggerMessage(6011, LogLevel.Error, "{Count} events could not be stored")]
    private partial void LogLost(Exception fault, int count);
}
