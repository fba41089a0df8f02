namespace Orleans.Runtime;

/// <summary>The cluster's own grain: which silos there are, and forced collection. Its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>Ends activations that have idled for at least <paramref name="ageLimit"/>, on every silo.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    Task<int> GetTotalActivationCount();
}
