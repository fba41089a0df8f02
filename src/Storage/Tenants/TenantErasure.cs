using Azure.Data.Tables;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tenants;

/// <summary>Removes what a tenant owns.</summary>
public sealed class TenantErasure(StorageTables tables, StorageBlobs blobs, RecordingStore recordings)
{
    /// <summary>
    /// Why what the tenant owns can't be removed from here, for a person; null when it can. Asked before anything is removed: a tenant is not to be
    /// half gone, nor its audio to outlive it, because the blob service is away.
    /// </summary>
    /// <exception cref="TimeoutException">The blob service does not answer.</exception>
    /// <exception cref="Azure.RequestFailedException">It can't be reached.</exception>
    public async Task<string?> FindObstacle(TenantId tenant, bool hadSounds)
    {
        // Without audio there need be no blob service.
        if (!hadSounds && !await recordings.HasAny(tenant))
            return null;
        if (blobs.Obstacle is { } obstacle)
            return obstacle;

        await blobs.Reach();
        return null;
    }

    /// <summary>
    /// Deletes recordings, registrations, calls, events and configuration, the tenant's own row excepted. Can be done again after a
    /// failure.
    /// </summary>
    public async Task Erase(TenantId tenant)
    {
        await recordings.Erase(tenant);
        var everything = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value}");
        await tables.Registrations.DeleteRows(everything, CancellationToken.None);
        await tables.Events.DeleteRows(everything, CancellationToken.None);

        var first = tenant.Value + "|";
        var end = KeyRange.EndOf(first);
        await tables.Calls.DeleteRows(
            TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}"), CancellationToken.None);
        await tables.Config.DeleteRows(
            TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value} and RowKey ne {ConfigKeys.Tenant}"), CancellationToken.None);
    }
}
