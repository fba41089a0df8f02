using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Any active silo: within one process none has more to spare than another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResourceOptimizedPlacementAttribute() : PlacementAttribute(new ResourceOptimizedPlacement());
