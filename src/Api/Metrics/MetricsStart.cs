using Microsoft.Extensions.Hosting;

namespace TekSipCloud.Api.Metrics;

/// <summary>Has the page listen from the host's start: what was counted before nobody could tell later.</summary>
internal sealed class MetricsStart(MetricsPage page) : IHostedService
{
    public MetricsPage Page { get; } = page;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
