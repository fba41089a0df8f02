namespace TekSipCloud.Api.Nodes;

/// <summary>This process runs.</summary>
internal sealed record LivenessDto(string Status);
