using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Any active silo: within one process none is lighter than another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute() : PlacementAttribute(new ActivationCountBasedPlacement());
