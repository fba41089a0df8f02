using TekSipCloud.Contracts.Events;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway;

/// <summary>What happens to the node as a whole, for the event logs of the tenants it serves.</summary>
internal sealed class NodeEvents(TenantViews tenants, IEventLog events)
{
    /// <summary>More tenants than that are told by the log only: an event that concerns everybody must not become a load itself.</summary>
    private const int MostTold = 100;

    public void Write(EventType type, string message)
    {
        foreach (var tenant in tenants.All.Take(MostTold))
            events.Write(tenant.Id, type, message);
    }
}
