using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TekSipCloud.Sip.Tracing;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// A single-threaded loop that owns transactions, dialogs and calls, so that their code needs no locks: work is posted from any thread, timers
/// and async continuations run between the pieces of work. <see cref="Start"/> gives it a thread of its own; a test drives it by
/// <see cref="RunUntilIdle"/> instead.
/// </summary>
public sealed partial class SignallingLoop : IDisposable
{
    /// <summary>Pieces of work done before timers get their turn.</summary>
    private const int BatchSize = 64;

    [ThreadStatic]
    private static SignallingLoop? _current;

    private readonly ConcurrentQueue<LoopWork> _queue = new();
    private readonly TimerWheel _wheel = new();
    private readonly Lock _running = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly int _capacity;
    private int _queued;
    private long _dropped;
    private long _faults;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="name">Name of its thread and in its log lines.</param>
    /// <param name="time">Clock of the timers.</param>
    /// <param name="logger">Receives the faults of the work.</param>
    /// <param name="capacity">
    /// Pieces of work that may wait; above it posting is refused. The default holds 0.5 s of 100,000 packets per second.
    /// </param>
    public SignallingLoop(string name, TimeProvider time, ILogger<SignallingLoop> logger, int capacity = 50_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Name = name;
        _time = time;
        _logger = logger;
        _capacity = capacity;
        _start = time.GetTimestamp();
        Context = new LoopSynchronizationContext(this);
    }

    /// <summary>The loop whose work the calling thread is doing; null elsewhere.</summary>
    public static SignallingLoop? Current => _current;

    /// <summary>Name of its thread.</summary>
    public string Name { get; }

    /// <summary>The clock of its timers.</summary>
    public TimeProvider Time => _time;

    /// <summary>Context by which async code that began on this loop resumes on it.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>Whether the calling thread is doing this loop's work.</summary>
    public bool IsCurrent => _current == this;

    /// <summary>Pieces of work that wait.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Pieces of work refused because the queue was full or the loop had stopped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Exceptions that left a piece of work, a timer or a continuation. Each was logged.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Armed timers. Read on the loop.</summary>
    public int TimerCount => _wheel.Count;

    /// <summary>
    /// Time until the next timer may be due: zero when one is due, null when none is armed. Read on the loop, or by the test that drives it.
    /// </summary>
    public TimeSpan? NextDue => _wheel.NextDueTick() is var tick && tick == long.MaxValue
        ? null
        : TimeSpan.FromTicks(Math.Max(0, (tick * TimerWheel.TickLength) - Elapsed));

    /// <summary>Keeps the messages that come and go on this loop; null, the default, keeps none. Set before it starts.</summary>
    public MessageTrace? Trace { get; set; }

    /// <summary>The transactions that this loop owns; null for a loop without any.</summary>
    internal TransactionLayer? Layer { get; set; }

    /// <summary>Time since it was made, in <see cref="TimeSpan"/> ticks.</summary>
    internal long Elapsed => _time.GetElapsedTime(_start).Ticks;

    /// <summary>
    /// Queues <c>callback(state, state2)</c>; callable from any thread. Allocates nothing when the callback is static. False, and counted in
    /// <see cref="Dropped"/>, when the queue is full or the loop has stopped: the caller then still owns what it wanted to hand over.
    /// </summary>
    public bool Post(Action<object?, object?> callback, object? state, object? state2 = null)
    {
        if (_stopping || Volatile.Read(ref _queued) >= _capacity)
        {
            Interlocked.Increment(ref _dropped);
            return false;
        }

        Enqueue(new(callback, state, state2));
        return true;
    }

    /// <summary>Queues <paramref name="work"/>, for callers that are not in a packet's path.</summary>
    public bool Post(Action work) => Post(static (work, _) => ((Action)work!)(), work);

    /// <summary>
    /// Starts async work on the loop, from any thread; its continuations stay on the loop and its exception is logged and counted as any
    /// other. False when the loop refuses it.
    /// </summary>
    public bool Run(Func<Task> work) => Post(static (loop, work) => ((SignallingLoop)loop!).Observe((Func<Task>)work!), this, work);

    /// <summary>Arms a timer; called on the loop. The callback runs on the loop, never within this call.</summary>
    /// <param name="due">Time from now, rounded up to 10 ms; zero or less means the next tick.</param>
    /// <param name="callback">Static, so that arming allocates only the timer.</param>
    /// <param name="state">Handed to the callback.</param>
    public ILoopTimer Schedule(TimeSpan due, Action<object?> callback, object? state)
    {
        var timer = new LoopTimer(this, callback, state);
        Arm(timer, due);
        return timer;
    }

    /// <summary>
    /// Does all queued work and fires all due timers on the calling thread, then returns how many pieces that were. Only for a loop without a
    /// thread.
    /// </summary>
    public int RunUntilIdle()
    {
        if (_thread is not null)
            throw new InvalidOperationException($"Loop {Name} runs on its own thread.");

        lock (_running)
        {
            var outer = (_current, SynchronizationContext.Current);
            Enter();
            var done = 0;
            for (var more = 1; more > 0; done += more)
                more = RunBatch() + RunTimers();
            (_current, _) = outer;
            SynchronizationContext.SetSynchronizationContext(outer.Current);
            return done;
        }
    }

    internal void PostContinuation(Action<object?, object?> callback, object? state, object? state2) =>
        // A lost continuation would be a call that hangs, so it is taken however full the queue is.
        Enqueue(new(callback, state, state2));

    internal void Arm(LoopTimer timer, TimeSpan due)
    {
        _wheel.Remove(timer);
        var now = Elapsed;
        // Rounded up: a timer may fire late, never early.
        var dueTick = (now + Math.Max(0, due.Ticks) + TimerWheel.TickLength - 1) / TimerWheel.TickLength;
        _wheel.Add(timer, dueTick, now / TimerWheel.TickLength);
    }

    internal void Cancel(LoopTimer timer) => _wheel.Remove(timer);

    private void Enqueue(in LoopWork work)
    {
        Interlocked.Increment(ref _queued);
        _queue.Enqueue(work);
        Wake();
    }

    private int RunBatch()
    {
        var done = 0;
        while (done < BatchSize && _queue.TryDequeue(out var work))
        {
            Interlocked.Decrement(ref _queued);
            done++;
            try
            {
                work.Callback(work.State, work.State2);
            }
#pragma warning disable CA1031 // The one edge of the loop: whatever fails costs that piece of work, never the loop.
            catch (Exception e)
#pragma warning restore CA1031
            {
                OnFault(e);
            }
        }
        return done;
    }

    private int RunTimers()
    {
        // Refreshes arm none: then the time need not be asked for.
        if (_wheel.Count == 0)
            return 0;

        var done = 0;
        var now = Elapsed / TimerWheel.TickLength;
        while (_wheel.TakeDue(now) is { } timer)
        {
            done++;
            try
            {
                timer.Run();
            }
#pragma warning disable CA1031 // As above: a timer's fault is that timer's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                OnFault(e);
            }
        }
        return done;
    }

    private async void Observe(Func<Task> work)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // The edge of async work.
        catch (Exception e)
#pragma warning restore CA1031
        {
            OnFault(e);
        }
    }

    private void OnFault(Exception fault)
    {
        Interlocked.Increment(ref _faults);
        LogFault(Name, fault);
    }

    [LoggerMessage(1100, LogLevel.Error, "Work on loop {Loop} failed")]
    private partial void LogFault(string loop, Exception fault);
}
