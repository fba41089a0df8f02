using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Silo.Certificates;

/// <summary>
/// Puts failed handshakes into the event log of the tenant whose domain was asked for, or else of the installation: within seconds, at most
/// <see cref="MaxLines"/> lines a minute, the rest as one number.
/// </summary>
internal sealed partial class HandshakeReporter(
    HandshakeFailures failures, IEventLog events, ITenantDirectory directory, TimeProvider clock, ILogger<HandshakeReporter> logger)
    : BackgroundService
{
    public const int MaxLines = 20;
    private const int LookEach = 5;
    private const int LooksPerMinute = 60 / LookEach;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(LookEach), clock);
        var (looks, left) = (0, MaxLines);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                left -= await Report(left, stoppingToken);
                if (++looks % LooksPerMinute != 0)
                    continue;

                left = MaxLines;
                if (failures.TakeRest() is > 0 and var rest)
                    events.Write(TenantId.System, EventType.Warning, $"{rest} more TLS handshakes failed in the last minute, from other addresses or for other reasons.");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task<int> Report(int most, CancellationToken stop)
    {
        var taken = failures.Take(most);
        foreach (var (kind, count) in taken)
        {
            var target = kind.ServerName.Length > 0 ? $" for {kind.ServerName}" : "";
            var times = count > 1 ? $" {count} times" : "";
            events.Write(await FindTenant(kind.ServerName, stop), EventType.Warning, $"A TLS handshake from {kind.Source}{target} failed{times}: {kind.Reason}");
        }

        return taken.Count;
    }

    private async Task<TenantId> FindTenant(string serverName, CancellationToken stop)
    {
        try
        {
            return serverName.Length > 0 && await directory.FindByDomain(serverName, stop) is { } tenant ? tenant : TenantId.System;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotFound(e);
            return TenantId.System;
        }
    }

    [LoggerMessage(7014, LogLevel.Debug, "The tenant of a failed TLS handshake could not be read")]
    private partial void LogNotFound(Exception exception);
}
