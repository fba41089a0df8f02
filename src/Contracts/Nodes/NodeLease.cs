namespace TekSipCloud.Contracts.Nodes;

/// <summary>A node that lives, or lived.</summary>
/// <param name="Name">The node.</param>
/// <param name="Incarnation">Its latest start.</param>
/// <param name="Expires">Renewed while it lives; past when it is dead or away from storage.</param>
[GenerateSerializer, Alias("node-lease")]
public sealed record NodeLease(
    [property: Id(0)] string Name,
    [property: Id(1)] string Incarnation,
    [property: Id(2)] DateTimeOffset Expires);
