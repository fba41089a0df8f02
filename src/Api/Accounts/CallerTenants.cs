using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Accounts;

/// <summary>Finds the tenants that a caller may see.</summary>
internal sealed class CallerTenants(ITenantDirectory directory, IGrainFactory grains)
{
    public async Task<IReadOnlyList<Tenant>> List(Caller caller, CancellationToken cancel)
    {
        if (caller.Tenant is not { } own)
            return (await directory.List(new PageRequest(Limit: PageQuery.MaxLimit), cancel)).Items;

        var result = await grains.Tenant(own).Get();
        return result.IsSuccess ? [result.Value.Value] : [];
    }
}
