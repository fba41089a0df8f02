namespace TekSipCloud.Contracts.Nodes;

/// <summary>This process's node.</summary>
/// <param name="Name">Stable across restarts: letters, digits and <c>-</c>, up to 32.</param>
/// <param name="Incarnation">Different at each start, sortable by time: lower-case hex.</param>
public sealed record NodeIdentity(string Name, string Incarnation);
