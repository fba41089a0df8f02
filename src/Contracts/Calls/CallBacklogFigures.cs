namespace TekSipCloud.Contracts.Calls;

/// <summary>How far storage is behind a node's calls.</summary>
/// <param name="Waiting">Calls with something unwritten.</param>
/// <param name="Capacity">As many may wait; beyond, new calls are refused (503).</param>
/// <param name="Journaled">Of those that wait, how many are on the node's disk meanwhile.</param>
/// <param name="Age">How long the oldest of them waits; zero when none does.</param>
[GenerateSerializer, Immutable, Alias("call-backlog")]
public sealed record CallBacklogFigures(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int Capacity,
    [property: Id(2)] int Journaled,
    [property: Id(3)] TimeSpan Age);
