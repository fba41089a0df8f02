using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Destinations;

/// <summary>Names a destination in the whole cluster: <c>tenant/name</c>, the name escaped.</summary>
public readonly record struct DestinationKey(TenantId Tenant, string Name)
{
    /// <summary>What its stored password is bound to (<see cref="Security.ISecretProtector"/>).</summary>
    public string PasswordPurpose => $"destination/{this}";

    /// <summary>The grain's key.</summary>
    public override string ToString() => $"{Tenant}/{KeyEscaping.Escape(Name)}";
}
