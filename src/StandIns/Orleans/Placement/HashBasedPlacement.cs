namespace Orleans.Runtime;

/// <summary>The silo that the grain's id hashes to.</summary>
internal sealed class HashBasedPlacement : PlacementStrategy;
