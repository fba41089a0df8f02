namespace TekSipCloud.Grains.DialPlan;

/// <summary>The dial plan's version as stored.</summary>
/// <param name="Version">Grows with every change.</param>
internal sealed record DialPlanVersion(long Version);
