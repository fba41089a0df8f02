namespace Orleans.Runtime;

/// <summary>The caller's silo.</summary>
internal sealed class PreferLocalPlacement : PlacementStrategy;
