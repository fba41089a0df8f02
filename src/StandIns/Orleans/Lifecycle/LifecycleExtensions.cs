using Orleans.Lifecycle;

namespace Orleans;

/// <summary>Joins a lifecycle with plain functions.</summary>
public static class LifecycleExtensions
{
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task> onStop) =>
        observable.Subscribe(observerName, stage, new LifecycleStep(onStart, onStop));

    public static IDisposable Subscribe(
        this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(observerName, stage, new LifecycleStep(onStart, _ => Task.CompletedTask));

    public static IDisposable Subscribe<TObserver>(
        this ILifecycleObservable observable,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task> onStop) =>
        observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, onStop);

    public static IDisposable Subscribe<TObserver>(
        this ILifecycleObservable observable, int stage, Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(typeof(TObserver).FullName!, stage, onStart);

    public static IDisposable Subscribe<TObserver>(
        this ILifecycleObservable observable, int stage, ILifecycleObserver observer) =>
        observable.Subscribe(typeof(TObserver).FullName!, stage, observer);
}
