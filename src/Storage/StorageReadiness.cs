using Azure.Data.Tables;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Storage;

/// <summary>Ready while the configuration's table answers.</summary>
internal sealed class StorageReadiness(StorageTables tables) : IReadinessCheck
{
    public string Name => "storage";

    public async Task<string?> FindObstacle(CancellationToken cancel)
    {
        // A point read of nothing: the cheapest question that needs the account, the key and the table.
        await tables.Config.GetEntityIfExistsAsync<TableEntity>("readiness", "none", cancellationToken: cancel);
        return null;
    }
}
