using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>Names a call in the whole cluster: <c>tenant/uuidv7</c> (32 hex digits, which are the API's SessionId).</summary>
public readonly record struct CallKey(TenantId Tenant, Guid Call)
{
    /// <summary>Reads a grain's key.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CallKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new(new TenantId(key[..slash]), Guid.ParseExact(key.AsSpan(slash + 1), "N"))
            : throw new FormatException($"'{key}' is not a call's key.");
    }

    /// <summary>The grain's key.</summary>
    public override string ToString() => $"{Tenant}/{Call:N}";
}
