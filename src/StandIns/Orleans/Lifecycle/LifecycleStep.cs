namespace Orleans.Lifecycle;

/// <summary>A pair of functions as a lifecycle observer.</summary>
internal sealed class LifecycleStep(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task> onStop) : ILifecycleObserver
{
    public Task OnStart(CancellationToken cancellationToken) => onStart(cancellationToken);

    public Task OnStop(CancellationToken cancellationToken) => onStop(cancellationToken);
}
