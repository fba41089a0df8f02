using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Silos;

/// <summary>The silos of this process that joined by the same primary and ids, and their one directory.</summary>
internal sealed partial class Cluster
{
    private static readonly Lock RegistryLock = new();
    private static readonly Dictionary<ClusterKey, Cluster> Registry = [];

    private readonly ConcurrentDictionary<GrainId, Activation> _directory = new();
    private readonly ClusterKey _key;

    private Cluster(ClusterKey key) => _key = key;

    public ImmutableArray<Silo> Silos { get; private set; } = [];

    /// <summary>What memory storage keeps; it goes with the cluster's last silo.</summary>
    public ConcurrentDictionary<(string Storage, string State, GrainId Grain), StoredState> Memory { get; } = new();

    /// <summary>The silos that may get new activations, in the order in which they joined.</summary>
    public Silo[] ActiveSilos => [.. Silos.Where(silo => silo.Status == SiloStatus.Active)];

    /// <summary>Joins a silo. An endpoint can be used once, as if it were listened on.</summary>
    public static Cluster Join(ClusterKey key, Silo silo)
    {
        lock (RegistryLock)
        {
            if (Registry.Values.SelectMany(cluster => cluster.Silos).Any(other => SharesEndpoint(other, silo.Address.Endpoint)))
                throw new AddressInUseException($"A silo of this process already has the address {silo.Address.Endpoint}.");

            if (!Registry.TryGetValue(key, out var joined))
                Registry[key] = joined = new Cluster(key);

            joined.Silos = joined.Silos.Add(silo);
            return joined;
        }
    }

    /// <summary>Takes a silo off; calls it served fail and its grains may be activated elsewhere.</summary>
    public void Leave(Silo silo)
    {
        lock (RegistryLock)
        {
            Silos = Silos.Remove(silo);
            if (Silos.IsEmpty && Registry.GetValueOrDefault(_key) == this)
                Registry.Remove(_key);
        }

        foreach (var (id, activation) in _directory)
            if (ReferenceEquals(activation.Silo, silo))
                _directory.TryRemove(KeyValuePair.Create(id, activation));

        foreach (var other in Silos)
            other.Outstanding.LoseServer(silo);
    }

    public void Forget(Activation activation) => _directory.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    private static bool SharesEndpoint(Silo silo, IPEndPoint endpoint) => silo.Address.Endpoint.Equals(endpoint);
}
