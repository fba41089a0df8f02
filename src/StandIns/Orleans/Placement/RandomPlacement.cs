namespace Orleans.Runtime;

/// <summary>Any active silo.</summary>
internal sealed class RandomPlacement : PlacementStrategy;
