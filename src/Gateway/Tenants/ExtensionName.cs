using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Tenants;

/// <summary>An <see cref="Contracts.Extensions.ExtensionKey"/> whose username is not made a string, for looking up.</summary>
internal readonly ref struct ExtensionName(TenantId tenant, ReadOnlySpan<char> username)
{
    public TenantId Tenant { get; } = tenant;

    public ReadOnlySpan<char> Username { get; } = username;
}
