using Orleans.Calls;
using Orleans.Silos;

namespace Orleans.Observers;

/// <summary>One observer object, held weakly; its calls run one after another on the thread pool.</summary>
internal sealed class LocalObserver(IGrainObserver target, Silo silo)
{
    private readonly WeakReference<IGrainObserver> _target = new(target);
    private readonly Queue<Call> _calls = new();
    private bool _isRunning;

    public bool TryEnqueue(Call call)
    {
        if (!_target.TryGetTarget(out _))
            return false;

        lock (_calls)
        {
            _calls.Enqueue(call);
            if (_isRunning)
                return true;

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static observer => _ = observer.Run(), this, preferLocal: false);
        return true;
    }

    private async Task Run()
    {
        while (TryTake(out var call))
            if (!call.IsOver && _target.TryGetTarget(out var observer))
                await call.RunOn(observer, silo);
    }

    private bool TryTake(out Call call)
    {
        lock (_calls)
            return _isRunning = _calls.TryDequeue(out call!);
    }
}
