using Microsoft.Extensions.Options;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary>Checks the password of the TekSIP-compatible API without a slow hash for each request.</summary>
internal sealed class ApiPasswordCheck(
    IGrainFactory grains, SecretHash hashes, FailureThrottles throttles, TimeProvider clock, IOptions<ApiOptions> options)
{
    private const int MaxPasswordLength = 128;
    private static readonly object Right = new();

    private readonly SecretCheck<object> _check = new(
        hashes, new(clock, options.Value.SecretLifetime, SecretCheck<object>.Capacity), throttles.ApiPasswords);

    public Task<Verdict<object>> Check(TenantId tenant, string password, string source) =>
        _check.Check(tenant, password, source, () => Ask(tenant, password));

    public void Forget(TenantId tenant) => _check.Forget(tenant);

    private async Task<object?> Ask(TenantId tenant, string password) =>
        password.Length is > 0 and <= MaxPasswordLength && await grains.Tenant(tenant).CheckApiPassword(password) ? Right : null;
}
