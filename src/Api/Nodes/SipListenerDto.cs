using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Api.Nodes;

/// <summary>Where phones register.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Address">The address to enter into a phone.</param>
/// <param name="Port">The port.</param>
internal sealed record SipListenerDto(Transport Transport, string Address, int Port);
