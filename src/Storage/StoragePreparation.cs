using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TekSipCloud.Storage.Security;

namespace TekSipCloud.Storage;

/// <summary>
/// Makes the key file and the tables that do not exist yet, before anything else starts; a damaged key file ends the
/// start.
/// </summary>
internal sealed class StoragePreparation(StorageTables tables, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<ClusterKeys>();
        return Task.WhenAll(tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
