using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>Extension keys that can be looked up by name without allocating. The hash is seeded anew in every process.</summary>
internal sealed class ExtensionNameComparer : IEqualityComparer<ExtensionKey>, IAlternateEqualityComparer<ExtensionName, ExtensionKey>
{
    public bool Equals(ExtensionKey x, ExtensionKey y) => x == y;

    public int GetHashCode(ExtensionKey obj) => GetHashCode(new ExtensionName(obj.Tenant, obj.Username));

    public bool Equals(ExtensionName alternate, ExtensionKey other) =>
        alternate.Username.SequenceEqual(other.Username) && alternate.Tenant == other.Tenant;

    public int GetHashCode(ExtensionName alternate) =>
        unchecked((alternate.Tenant.GetHashCode() * 31) + string.GetHashCode(alternate.Username, StringComparison.Ordinal));

    public ExtensionKey Create(ExtensionName alternate) => new(alternate.Tenant, alternate.Username.ToString());
}
