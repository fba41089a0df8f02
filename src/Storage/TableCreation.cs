using Microsoft.Extensions.Hosting;

namespace TekSipCloud.Storage;

/// <summary>Makes the tables that do not exist yet, before anything else starts.</summary>
internal sealed class TableCreation(StorageTables tables) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
