using Azure.Data.Tables;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Recordings;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tenants;

/// <summary>Removes what a tenant owns.</summary>
public sealed class TenantErasure(StorageTables tables, RecordingStore recordings)
{
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
