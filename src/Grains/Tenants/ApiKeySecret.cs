using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tenants;

/// <summary>The text of an API key: <c>tsk_TENANT_ID_random</c>; none of the parts has an underscore.</summary>
internal static class ApiKeySecret
{
    private const int RandomBytes = 32;
    private const int IdBytes = 8;
    private const int Parts = 4;

    /// <summary>The name of a new key.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>A new secret for this key.</summary>
    public static string Create(TenantId tenant, string id) =>
        $"tsk_{tenant}_{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}";

    /// <summary>What is kept of it.</summary>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The key that a secret claims to be of; null when it is no secret of this tenant.</summary>
    public static string? FindId(string? secret, TenantId tenant) =>
        secret?.Split('_', Parts + 1) is ["tsk", var claimed, var id, { Length: RandomBytes * 2 }] && claimed == tenant.Value ? id : null;

    /// <summary>Whether the secret has this hash, in a time that does not depend on where they differ.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));
}
