using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>Lets a silo hold several activations of one grain, all local to their callers.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    public StatelessWorkerAttribute(int maxLocalWorkers) : base(new Runtime.StatelessWorkerPlacement(maxLocalWorkers)) { }

    public StatelessWorkerAttribute() : base(new Runtime.StatelessWorkerPlacement(Environment.ProcessorCount)) { }
}
