using Microsoft.Extensions.Hosting;

namespace Orleans.Silos;

/// <summary>Ties the silo's life to the host's.</summary>
internal sealed class SiloHostedService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => silo.Start(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => silo.Stop(cancellationToken);
}
