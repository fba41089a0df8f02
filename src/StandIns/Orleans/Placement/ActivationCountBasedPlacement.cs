namespace Orleans.Runtime;

/// <summary>Any active silo: within one process none is lighter than another.</summary>
internal sealed class ActivationCountBasedPlacement : PlacementStrategy;
