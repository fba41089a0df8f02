using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Security;

/// <summary>
/// A keyed hash of a tenant's secret: what caches keep instead of the secret. The key never leaves the cluster, so the hash can
/// be fast without being guessable from a memory dump of another process.
/// </summary>
internal sealed class SecretHash(IClusterKeys keys)
{
    private readonly byte[] _key = keys.Derive("api-secret-cache");

    public string Of(TenantId tenant, string secret) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{tenant}\n{secret}")));
}
