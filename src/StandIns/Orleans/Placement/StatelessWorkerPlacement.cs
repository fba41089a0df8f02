namespace Orleans.Runtime;

internal sealed class StatelessWorkerPlacement(int maxLocal) : PlacementStrategy
{
    public int MaxLocal { get; } = maxLocal;
}
