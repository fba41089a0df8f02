using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>Where a flow ends and which node holds it.</summary>
/// <param name="Id">Names the flow in the cluster.</param>
/// <param name="Transport">The transport.</param>
/// <param name="RemoteAddress">The phone's address as the node saw it (the NAT's outside), textual.</param>
/// <param name="RemotePort">Its port.</param>
/// <param name="SentBy">The <c>host:port</c> by which the node names itself to that phone, for Via and Contact of requests sent for it by others.</param>
[GenerateSerializer, Immutable, Alias("flow-address")]
public sealed record FlowAddress(
    [property: Id(0)] FlowId Id,
    [property: Id(1)] Transport Transport,
    [property: Id(2)] string RemoteAddress,
    [property: Id(3)] int RemotePort,
    [property: Id(4)] string SentBy);
