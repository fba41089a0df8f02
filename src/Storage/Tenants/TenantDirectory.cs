using System.Collections.Immutable;
using Azure.Data.Tables;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Tenants;

/// <summary>
/// Finds tenants. Their ids are listed in a partition of their own, written before the tenant and removed after it, so
/// a list reads the tenants it names and leaves out those that are not there.
/// </summary>
public sealed class TenantDirectory(StorageTables tables, ConfigRows config, DomainClaims domains) : ITenantDirectory
{
    private const int ReadAtOnce = 32;

    /// <inheritdoc/>
    public Task<TenantId?> FindByDomain(string domain, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var name = domain.Trim('[', ']').ToLowerInvariant();
        return CanBeDomain(name) ? domains.FindOwner(name, cancel) : Task.FromResult<TenantId?>(null);
    }

    /// <inheritdoc/>
    public async Task<Page<Tenant>> List(PageRequest page, CancellationToken cancel)
    {
        if (!KeyRange.TryRead(page, out var prefix))
            return new([], null);

        // A tenant's row key here is t| and its id, so that no prefix is empty.
        var range = new KeyRange(ConfigKeys.TenantPartition, "t|" + prefix, page.Cursor is null ? null : "t|" + page.Cursor);
        var rows = await tables.Config.ReadPage(range.Filter, page.Limit, cancel);
        var tenants = ImmutableArray.CreateBuilder<Tenant>(rows.Items.Count);

        foreach (var chunk in rows.Items.Chunk(ReadAtOnce))
        {
            var found = await Task.WhenAll(chunk.Select(row => config.Find<TenantDocument>(row.RowKey[2..], ConfigKeys.Tenant, cancel)));
            tenants.AddRange(found.OfType<ConfigRow<TenantDocument>>().Where(row => !row.Value.IsLeaving).Select(row => row.Value.Tenant));
        }

        return new(tenants.DrainToImmutable(), rows.IsLast ? null : rows.Items[^1].RowKey[2..]);
    }

    /// <summary>Whether there is such a tenant that is not being removed.</summary>
    public async Task<bool> Has(TenantId tenant, CancellationToken cancel) =>
        await config.Find<TenantDocument>(tenant.Value, ConfigKeys.Tenant, cancel) is { Value.IsLeaving: false };

    /// <summary>Lists the tenant from now on.</summary>
    public Task Add(TenantId tenant) =>
        tables.Config.UpsertEntityAsync(new TableEntity(ConfigKeys.TenantPartition, "t|" + tenant.Value));

    /// <summary>Lists it no more.</summary>
    public Task Remove(TenantId tenant) =>
        tables.Config.DeleteEntityAsync(ConfigKeys.TenantPartition, "t|" + tenant.Value);

    // Strangers ask for anything; what no tenant can have needs no look into storage.
    private static bool CanBeDomain(string name) => name is { Length: > 0 and <= 253 }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':');
}
