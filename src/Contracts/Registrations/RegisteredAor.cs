using System.Collections.Immutable;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>An AOR with its bindings, as listed.</summary>
[GenerateSerializer, Alias("registered-aor")]
public sealed record RegisteredAor(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] string Username,
    [property: Id(2)] ImmutableArray<Binding> Bindings);
