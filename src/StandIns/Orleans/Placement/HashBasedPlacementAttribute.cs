using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>The silo that the grain's id hashes to.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());
