using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Contracts.Tenants;

/// <summary>A change that gateways must know of. Exactly one member says what; all null with <see cref="Removed"/> for a tenant that is gone.</summary>
[GenerateSerializer, Alias("tenant-news")]
public sealed record TenantNews
{
    /// <summary>Whose news.</summary>
    [Id(0)]
    public required TenantId Tenant { get; init; }

    /// <summary>The tenant itself changed.</summary>
    [Id(1)]
    public TenantSnapshot? Snapshot { get; init; }

    /// <summary>Destinations, routes or IP filters changed.</summary>
    [Id(2)]
    public DialPlanSnapshot? DialPlan { get; init; }

    /// <summary>The username of an extension whose password, state or settings changed or that was removed.</summary>
    [Id(3)]
    public string? Extension { get; init; }

    /// <summary>The username of an extension whose bindings were removed by someone else than its phone.</summary>
    [Id(4)]
    public string? BindingsCleared { get; init; }

    /// <summary>The tenant is gone.</summary>
    [Id(5)]
    public bool Removed { get; init; }
}
