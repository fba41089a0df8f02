using Azure;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tenants;

/// <summary>
/// The Domains table: one row a domain, so that storage itself decides between two tenants that want the same one.
/// </summary>
public sealed class DomainClaims(StorageTables tables, ConfigRows config, TimeProvider clock)
{
    // A claim whose tenant does not list the domain was left by a process that died; a younger one may belong to a
    // change in progress.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    /// <summary>Claims a domain. False when another tenant has it; claiming one's own again succeeds.</summary>
    public async Task<bool> TryClaim(TenantId tenant, string domain)
    {
        try
        {
            await tables.Domains.AddEntityAsync(ToRow(tenant, domain));
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return await TryTakeOver(tenant, domain);
        }
    }

    /// <summary>Gives a domain up; nothing happens when the tenant does not have it.</summary>
    public async Task Release(TenantId tenant, string domain)
    {
        var row = await Find(domain, CancellationToken.None);
        if (row is not null && JsonColumns.Read<DomainClaim>(row).Tenant == tenant)
            await tables.Domains.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag);
    }

    /// <summary>Who has the domain; null for nobody.</summary>
    public async Task<TenantId?> FindOwner(string domain, CancellationToken cancel) =>
        await Find(domain, cancel) is { } row ? JsonColumns.Read<DomainClaim>(row).Tenant : null;

    private async Task<bool> TryTakeOver(TenantId tenant, string domain)
    {
        var row = await Find(domain, CancellationToken.None);
        if (row is null)
            return await TryClaim(tenant, domain);

        var claim = JsonColumns.Read<DomainClaim>(row);
        if (claim.Tenant == tenant)
            return true;

        if (clock.GetUtcNow() - claim.Claimed < AbandonedAfter || await IsListed(claim.Tenant, domain))
            return false;

        try
        {
            await tables.Domains.UpdateEntityAsync(ToRow(tenant, domain), row.ETag, TableUpdateMode.Replace);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            // Another took it, or an earlier try of ours whose answer was lost.
            return await FindOwner(domain, CancellationToken.None) == tenant;
        }
    }

    private async Task<bool> IsListed(TenantId tenant, string domain)
    {
        var owner = await config.Find<TenantDocument>(tenant.Value, ConfigKeys.Tenant);
        return owner is not null && (owner.Value.IsLeaving || owner.Value.Tenant.Domains.Contains(domain));
    }

    private async Task<TableEntity?> Find(string domain, CancellationToken cancel)
    {
        var found = await tables.Domains.GetEntityIfExistsAsync<TableEntity>(KeyEscaping.Escape(domain), "", cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    private TableEntity ToRow(TenantId tenant, string domain)
    {
        var row = new TableEntity(KeyEscaping.Escape(domain), "");
        JsonColumns.Write(row, new DomainClaim(tenant, clock.GetUtcNow()));
        return row;
    }
}
