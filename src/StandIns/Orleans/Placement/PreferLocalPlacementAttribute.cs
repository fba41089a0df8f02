using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>The caller's silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());
