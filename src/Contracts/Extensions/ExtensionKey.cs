using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>Names an extension in the whole cluster: <c>tenant/username</c>, the username escaped.</summary>
public readonly record struct ExtensionKey(TenantId Tenant, string Username)
{
    /// <summary>What its stored password is bound to (<see cref="Security.ISecretProtector"/>).</summary>
    public string PasswordPurpose => $"extension/{this}";

    /// <summary>Reads a grain's key.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ExtensionKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new(new TenantId(key[..slash]), KeyEscaping.Unescape(key[(slash + 1)..]))
            : throw new FormatException($"'{key}' is not an extension's key.");
    }

    /// <summary>The grain's key.</summary>
    public override string ToString() => $"{Tenant}/{KeyEscaping.Escape(Username)}";
}
