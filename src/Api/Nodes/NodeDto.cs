namespace TekSipCloud.Api.Nodes;

/// <summary>A node of the cluster.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Incarnation">Its latest start.</param>
/// <param name="IsAlive">Whether its lease holds.</param>
/// <param name="LeaseExpires">When its lease ends or ended.</param>
/// <param name="Gateway">How its gateway fares; null when it has none that lives.</param>
internal sealed record NodeDto(string Name, string Incarnation, bool IsAlive, DateTimeOffset LeaseExpires, GatewayStateDto? Gateway);
