using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Http;

/// <summary>Finds grains by their typed keys, so that no key is put together twice.</summary>
internal static class GrainLookup
{
    public static ITenantGrain Tenant(this IGrainFactory grains, TenantId tenant) =>
        grains.GetGrain<ITenantGrain>(tenant.Value);

    public static IExtensionGrain Extension(this IGrainFactory grains, TenantId tenant, string username) =>
        grains.GetGrain<IExtensionGrain>(new ExtensionKey(tenant, username).ToString());

    public static IDialPlanGrain DialPlan(this IGrainFactory grains, TenantId tenant) =>
        grains.GetGrain<IDialPlanGrain>(tenant.Value);

    public static IQuarantineGrain Quarantine(this IGrainFactory grains, TenantId tenant) =>
        grains.GetGrain<IQuarantineGrain>(tenant.Value);

    public static ICountersGrain Counters(this IGrainFactory grains, TenantId tenant) =>
        grains.GetGrain<ICountersGrain>(tenant.Value);

    public static ICallGrain Call(this IGrainFactory grains, TenantId tenant, Guid call) =>
        grains.GetGrain<ICallGrain>(new CallKey(tenant, call).ToString());

    public static IGatewayGrain Gateway(this IGrainFactory grains, string node) => grains.GetGrain<IGatewayGrain>(node);

    public static IAccountGrain Account(this IGrainFactory grains, string username) =>
        grains.GetGrain<IAccountGrain>(KeyEscaping.Escape(username));
}
