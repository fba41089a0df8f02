using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Events;

/// <summary>The tenants' event logs in storage.</summary>
public interface IEventLog
{
    /// <summary>Writes a line soon: it is queued (bounded; the oldest waiting line is dropped and counted when full) and never awaited.</summary>
    void Write(TenantId tenant, EventType type, string message);

    /// <summary>The tenant's events, latest first.</summary>
    Task<Page<EventEntry>> List(TenantId tenant, PageRequest page, CancellationToken cancel);

    /// <summary>Removes the tenant's events up to now.</summary>
    Task Clear(TenantId tenant, CancellationToken cancel);
}
