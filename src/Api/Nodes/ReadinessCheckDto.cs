namespace TekSipCloud.Api.Nodes;

/// <summary>One thing that must work.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsReady">Whether it works.</param>
internal sealed record ReadinessCheckDto(string Name, bool IsReady);
