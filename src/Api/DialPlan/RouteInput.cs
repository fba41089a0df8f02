using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.DialPlan;

/// <summary>A route to be added or replaced.</summary>
/// <param name="Destination">The destination's name.</param>
/// <param name="Prefix">The beginning of the numbers it takes, up to 32 characters; empty for the default route.</param>
/// <param name="Order">Its place among routes with the same prefix, from 0; null for the last.</param>
/// <param name="Enabled">Whether it is used.</param>
internal sealed record RouteInput(string Destination, string Prefix = "", int? Order = null, bool Enabled = true)
{
    public Route ToRoute(string id) =>
        new() { Id = id, Order = Order ?? -1, Prefix = Prefix, Destination = Destination, Enabled = Enabled };
}
