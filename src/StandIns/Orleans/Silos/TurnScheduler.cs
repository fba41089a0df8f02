namespace Orleans.Silos;

/// <summary>Runs an activation's code on the thread pool, one piece at a time.</summary>
internal sealed class TurnScheduler(Activation owner) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many pieces other activations get the thread.</summary>
    private const int PiecesPerVisit = 64;

    private readonly Lock _lock = new();
    private readonly Queue<Task> _pieces = new();
    private bool _isQueued;

    void IThreadPoolWorkItem.Execute()
    {
        Activation.Current = owner;
        try
        {
            for (var i = 0; i < PiecesPerVisit; i++)
            {
                if (!TryTake(out var piece))
                    return;

                TryExecuteTask(piece);
            }
        }
        finally
        {
            Activation.Current = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            _pieces.Enqueue(task);
            if (_isQueued)
                return;

            _isQueued = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Activation.Current, owner) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock)
            return [.. _pieces];
    }

    private bool TryTake(out Task piece)
    {
        lock (_lock)
        {
            if (_pieces.TryDequeue(out piece!))
                return true;

            _isQueued = false;
            return false;
        }
    }
}
