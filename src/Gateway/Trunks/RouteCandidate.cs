using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Gateway.Trunks;

/// <summary>A way out for a call.</summary>
/// <param name="Route">The route that matched.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Number">The number to ask for there, prefixes cut and added.</param>
internal sealed record RouteCandidate(Route Route, DestinationTarget Target, string Number);
