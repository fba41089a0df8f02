using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Destinations;

/// <summary>Names a destination in the whole cluster: <c>tenant/name</c>, the name escaped.</summary>
public readonly record struct DestinationKey(TenantId Tenant, string Name)
{
    /// <summary>The grain's key.</summary>
    public override string ToString() => $"{Tenant}/{KeyEscaping.Escape(Name)}";
}
