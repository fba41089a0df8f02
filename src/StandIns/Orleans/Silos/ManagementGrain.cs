using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>The cluster's own grain.</summary>
[GrainType("sys.management")]
internal sealed class ManagementGrain : Grain, IManagementGrain
{
    private IEnumerable<Silo> Silos => ((Activation)GrainContext).Silo.Cluster.Silos;

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) => Task.FromResult(Silos
        .Where(silo => !onlyActive || silo.Status == SiloStatus.Active)
        .ToDictionary(silo => silo.Address, silo => silo.Status));

    public Task ForceActivationCollection(TimeSpan ageLimit) =>
        Task.WhenAll(Silos.Select(silo => silo.CollectIdleFor(ageLimit)));

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) => Task.WhenAll(Silos
        .Where(silo => hostsIds.Contains(silo.Address))
        .Select(silo => silo.CollectIdleFor(ageLimit)));

    public Task<int> GetTotalActivationCount() => Task.FromResult(Silos.Sum(silo => silo.ActivationCount));
}
