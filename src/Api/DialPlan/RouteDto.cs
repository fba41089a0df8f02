using TekSipCloud.Api.Http;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Api.DialPlan;

/// <summary>Sends numbers with a prefix to a destination.</summary>
/// <param name="Id">Names the route.</param>
/// <param name="Order">Its place among routes with the same prefix, from 0.</param>
/// <param name="Prefix">The beginning of the numbers it takes; empty for the default route.</param>
/// <param name="Destination">The destination's name.</param>
/// <param name="Enabled">Whether it is used.</param>
/// <param name="ETag">The version, as <c>If-Match</c> takes it.</param>
internal sealed record RouteDto(string Id, int Order, string Prefix, string Destination, bool Enabled, string ETag)
{
    public static RouteDto From(Versioned<Route> versioned) => new(
        versioned.Value.Id,
        versioned.Value.Order,
        versioned.Value.Prefix,
        versioned.Value.Destination,
        versioned.Value.Enabled,
        ETags.ToHeader(versioned.ETag));
}
