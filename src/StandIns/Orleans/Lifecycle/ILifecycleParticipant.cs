namespace Orleans;

/// <summary>A service that takes part in a lifecycle.</summary>
public interface ILifecycleParticipant<TLifecycleObservable> where TLifecycleObservable : ILifecycleObservable
{
    void Participate(TLifecycleObservable lifecycle);
}
