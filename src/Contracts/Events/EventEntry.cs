using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Events;

/// <summary>A line of a tenant's event log.</summary>
/// <param name="Id">Opaque, unique within the tenant.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Type">How serious.</param>
/// <param name="Message">What happened, for a person; no secrets.</param>
[GenerateSerializer, Alias("event-entry")]
public sealed record EventEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] EventType Type,
    [property: Id(4)] string Message);
