using Microsoft.Extensions.Hosting;
using TekSipCloud.StandIns.Tests.Orleans.Grains;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>Calls a grain as soon as the host starts.</summary>
internal sealed class EarlyCaller(IGrainFactory grains) : IHostedService
{
    public static Exception? Caught { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        Caught = await Record.ExceptionAsync(() => grains.GetGrain<ILifeGrain>("early").Number());

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
