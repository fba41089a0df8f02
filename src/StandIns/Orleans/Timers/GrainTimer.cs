using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Timers;

/// <summary>A grain's timer. A tick takes its turn like a request; the next is due a period after it ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _lock = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _ended = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isChanged;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        Interleaves = options.Interleave;
        KeepsAlive = options.KeepAlive;
        using (ExecutionContext.SuppressFlow())
            _timer = activation.Silo.Clock.CreateTimer(
                static timer => ((GrainTimer)timer!).QueueTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Interleaves { get; }

    public bool KeepsAlive { get; }

    public bool IsOver => _ended.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;

            _period = period;
            _isChanged = true;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public async Task Tick()
    {
        lock (_lock)
            _isChanged = false;

        try
        {
            await _callback(_ended.Token);
        }
        catch (Exception error)
        {
            _activation.Silo.Log.TimerFailed(_activation.GrainId, error);
        }

        lock (_lock)
        {
            _isTicking = false;
            if (!_isDisposed && !_isChanged)
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
        }

        _timer.Dispose();
        _ended.Cancel();
        _activation.Forget(this);
    }

    private void QueueTick()
    {
        lock (_lock)
        {
            if (_isDisposed || _isTicking)
                return;

            _isTicking = true;
        }

        _activation.TryEnqueue(new TimerTick(this));
    }
}
