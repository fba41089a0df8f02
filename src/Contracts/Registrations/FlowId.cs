namespace TekSipCloud.Contracts.Registrations;

/// <summary>Names a flow (RFC 5626) in the cluster.</summary>
/// <param name="Node">The stable name of the node that holds it.</param>
/// <param name="Incarnation">The start of that node it belongs to. A UDP flow outlives it, a connection does not.</param>
/// <param name="Connection">The connection's number within the incarnation; 0 for UDP, which has none.</param>
[GenerateSerializer, Immutable, Alias("flow-id")]
public sealed record FlowId(
    [property: Id(0)] string Node,
    [property: Id(1)] string Incarnation,
    [property: Id(2)] long Connection);
