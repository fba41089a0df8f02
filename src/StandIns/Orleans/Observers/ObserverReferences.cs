using System.Collections.Concurrent;
using Orleans.Calls;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Observers;

/// <summary>The objects of this silo's process that grains may call.</summary>
internal sealed class ObserverReferences(Silo silo)
{
    private const string ObserverType = "sys.client";

    private readonly ConcurrentDictionary<GrainId, LocalObserver> _observers = new();
    private readonly string _prefix = $"{silo.Address.ToParsableString()}+";

    public static bool IsObserver(GrainId id) => id.Type.ToString() == ObserverType;

    public bool Owns(GrainId id) => id.Key.ToString().StartsWith(_prefix, StringComparison.Ordinal);

    public InterfaceReference Create(IGrainObserver observer, Type observerInterface)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is GrainReference)
            throw new ArgumentException("Argument obj is already a grain reference.", nameof(observer));

        if (observer is Grain)
            throw new ArgumentException("Argument must not be a grain class.", nameof(observer));

        var id = GrainId.Create(ObserverType, _prefix + Guid.NewGuid().ToString("N"));
        _observers[id] = new LocalObserver(observer, silo);
        return silo.References.Create(id, observerInterface);
    }

    public void Delete(IGrainObserver reference)
    {
        if (reference is not GrainReference known)
            throw new ArgumentException("Argument reference is not a grain reference.", nameof(reference));

        _observers.TryRemove(known.GrainId, out _);
    }

    /// <summary>Queues a call. One to a deleted or collected object is dropped, as Orleans drops it.</summary>
    public void Deliver(Call call)
    {
        if (_observers.TryGetValue(call.Target, out var observer) && observer.TryEnqueue(call))
            return;

        _observers.TryRemove(call.Target, out _);
        silo.Log.ObserverGone(call.Target);
    }
}
