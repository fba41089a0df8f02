using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Runs the observers of each stage together, upwards at start and downwards at stop.</summary>
internal sealed class SiloLifecycle(SiloLog log) : ISiloLifecycle
{
    private readonly List<Subscription> _subscriptions = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var subscription = new Subscription(_subscriptions, observerName, stage, observer);
        lock (_subscriptions)
            _subscriptions.Add(subscription);

        return subscription;
    }

    public async Task Start(CancellationToken cancel)
    {
        foreach (var stage in Stages().OrderBy(stage => stage.Key))
        {
            cancel.ThrowIfCancellationRequested();
            await Task.WhenAll(stage.Select(subscription => subscription.Observer.OnStart(cancel)));
            HighestCompletedStage = stage.Key;
        }
    }

    public async Task Stop(CancellationToken cancel)
    {
        foreach (var stage in Stages().Where(stage => stage.Key <= HighestCompletedStage).OrderByDescending(stage => stage.Key))
        {
            await Task.WhenAll(stage.Select(subscription => Stop(subscription, cancel)));
            LowestStoppedStage = stage.Key;
        }
    }

    private async Task Stop(Subscription subscription, CancellationToken cancel)
    {
        try
        {
            await subscription.Observer.OnStop(cancel);
        }
        catch (Exception error)
        {
            log.StopFailed(subscription.Name, subscription.Stage, error);
        }
    }

    private IGrouping<int, Subscription>[] Stages()
    {
        lock (_subscriptions)
            return [.. _subscriptions.GroupBy(subscription => subscription.Stage)];
    }

    private sealed class Subscription(List<Subscription> all, string name, int stage, ILifecycleObserver observer) : IDisposable
    {
        public string Name { get; } = name;

        public int Stage { get; } = stage;

        public ILifecycleObserver Observer { get; } = observer;

        public void Dispose()
        {
            lock (all)
                all.Remove(this);
        }
    }
}
