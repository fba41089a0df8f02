using Microsoft.Extensions.Options;
using TekSipCloud.Api.Accounts;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary>Finds the caller that an API key stands for.</summary>
internal sealed class ApiKeyCheck(
    IGrainFactory grains, SecretHash hashes, FailureThrottles throttles, TimeProvider clock, IOptions<ApiOptions> options)
{
    private const int MaxLength = 256;

    private readonly SecretCheck<Caller> _check = new(
        hashes, new(clock, options.Value.SecretLifetime, SecretCheck<Caller>.Capacity), throttles.ApiKeys);

    public async Task<Verdict<Caller>> Check(string secret, string source) =>
        FindTenant(secret) is { } tenant
            ? await _check.Check(tenant, secret, source, () => Ask(tenant, secret))
            : Verdict<Caller>.Wrong;

    public void Forget(TenantId tenant) => _check.Forget(tenant);

    // tsk_TENANT_ID_random
    private static TenantId? FindTenant(string secret)
    {
        var parts = secret.Length <= MaxLength ? secret.Split('_', 4) : [];
        return parts is ["tsk", var tenant, _, _] && TenantId.TryParse(tenant, out var id) ? id : null;
    }

    private async Task<Caller?> Ask(TenantId tenant, string secret) =>
        await grains.Tenant(tenant).CheckApiKey(secret) is { } key ? new($"key:{key.Name}", key.Role, tenant) : null;
}
