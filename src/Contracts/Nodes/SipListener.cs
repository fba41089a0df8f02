using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>A socket on which this process takes SIP.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Address">The address to tell phones: the advertised one where it differs from the bound one.</param>
/// <param name="Port">The port to tell phones.</param>
public sealed record SipListener(Transport Transport, string Address, int Port);
