using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Accounts;
using TekSipCloud.Storage.Extensions;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Sounds;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Tenants;

/// <summary>
/// Removes what a leaving tenant owns. Grains forget first, so that none writes a row again; the tenant's own row goes
/// last, so that an interrupted removal is known to be one.
/// </summary>
internal sealed class TenantRemoval(
    ConfigRows config, DomainClaims domains, TenantDirectory directory, TenantErasure erasure, SoundStore sounds, IGrainFactory grains)
{
    private const int AtOnce = 64;

    /// <summary>Why it can't be done, before it is begun; an exception while the blob service is away.</summary>
    public async Task<Problem?> FindObstacle(TenantDocument document) =>
        await erasure.FindObstacle(document.Tenant.Id, document.HadSounds) is { } obstacle
            ? Problem.Conflict($"The audio of the tenant {document.Tenant.Id} can't be removed from here. {obstacle}")
            : null;

    public async Task Remove(ConfigRow<TenantDocument> row)
    {
        var tenant = row.Value.Tenant;
        await ForgetExtensions(tenant.Id);
        await grains.GetGrain<IDialPlanGrain>(tenant.Id.Value).Forget();
        await grains.GetGrain<IQuarantineGrain>(tenant.Id.Value).Forget();
        await grains.GetGrain<ICountersGrain>(tenant.Id.Value).Forget();
        await RemoveAccounts(tenant.Id);

        foreach (var domain in tenant.Domains.Union(row.Value.ReleasedDomains))
            await domains.Release(tenant.Id, domain);

        // Where no sound was ever uploaded there need be no blob service.
        if (row.Value.HadSounds)
            await sounds.Erase(tenant.Id);
        await erasure.Erase(tenant.Id);
        await directory.Remove(tenant.Id);

        var transaction = new ConfigTransaction(tenant.Id.Value);
        transaction.Delete(row);
        await config.Commit(transaction);
    }

    private async Task ForgetExtensions(TenantId tenant)
    {
        var waiting = new List<Task>(AtOnce);
        await foreach (var row in config.List<ExtensionDocument>(tenant.Value, ConfigKeys.Extensions))
        {
            var key = new ExtensionKey(tenant, row.Value.Extension.Username);
            waiting.Add(grains.GetGrain<IExtensionGrain>(key.ToString()).Forget());
            if (waiting.Count < AtOnce)
                continue;

            await Task.WhenAll(waiting);
            waiting.Clear();
        }

        await Task.WhenAll(waiting);
    }

    private async Task RemoveAccounts(TenantId tenant)
    {
        await foreach (var row in config.List<AccountDocument>(ConfigKeys.AccountPartition, ConfigKeys.Accounts))
        {
            if (row.Value.Account.Tenant != tenant)
                continue;

            var transaction = new ConfigTransaction(ConfigKeys.AccountPartition);
            transaction.Delete(row);
            await config.Commit(transaction);
            await grains.GetGrain<IAccountGrain>(KeyEscaping.Escape(row.Value.Account.Username)).Forget();
        }
    }
}
