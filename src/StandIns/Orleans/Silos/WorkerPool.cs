using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>A stateless worker's activations on one silo.</summary>
internal sealed class WorkerPool(GrainId id, Silo silo)
{
    private readonly List<Activation> _workers = [];

    /// <summary>An idle worker, else a new one, else the least busy.</summary>
    public Activation Pick(GrainClass grainClass, int max)
    {
        lock (_workers)
        {
            var best = _workers.MinBy(worker => worker.Load);
            if (best is not null && (best.Load == 0 || _workers.Count >= max))
                return best;

            var fresh = new Activation(id, grainClass, silo);
            if (!silo.TryAdopt(fresh))
                throw new OrleansException($"Silo {silo.Address} takes no more activations.");

            _workers.Add(fresh);
            return fresh;
        }
    }

    public void Forget(Activation activation)
    {
        lock (_workers)
            _workers.Remove(activation);
    }
}
