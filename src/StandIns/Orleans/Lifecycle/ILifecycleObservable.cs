namespace Orleans;

/// <summary>A lifecycle with numbered stages.</summary>
public interface ILifecycleObservable
{
    /// <summary>Joins a stage; disposing the answer leaves it.</summary>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}
