namespace Orleans.Runtime;

/// <summary>Any active silo: within one process none has more to spare than another.</summary>
internal sealed class ResourceOptimizedPlacement : PlacementStrategy;
