using System.Runtime.Versioning;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <content>The loop's thread: what it waits on between the pieces of work.</content>
public sealed partial class SignallingLoop
{
    private readonly object _gate = new();
    private readonly Lock _attaching = new();
    private readonly List<ILoopSocket> _waiting = [];
    private Thread? _thread;
    private LoopPoller? _poller;
    private WakeModeration? _moderation;
    private bool _hasServed;
    private int _asleep;
    private volatile bool _stopping;

    /// <summary>Whether its thread waits, and nothing was posted since it began to.</summary>
    public bool IsAsleep => Volatile.Read(ref _asleep) != 0;

    /// <summary>Begins to work on a dedicated background thread. Called once, and not together with <see cref="RunUntilIdle"/>.</summary>
    public void Start()
    {
        if (_thread is not null)
            throw new InvalidOperationException($"Loop {Name} has started.");

        if (LoopPoller.IsSupported)
            StartPolling();
        _thread = new Thread(RunThread) { Name = Name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Refuses new work, runs out what is queued and waits for the thread to end. Armed timers do not fire any more. Harmless when repeated.
    /// </summary>
    public void Stop()
    {
        _stopping = true;
        Wake();
        if (!IsCurrent)
            _thread?.Join();
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>Has the loop wait on a socket, from any thread; before <see cref="Start"/> it waits for that.</summary>
    [SupportedOSPlatform("linux")]
    internal void Add(ILoopSocket socket)
    {
        lock (_attaching)
        {
            if (_poller is null)
                _waiting.Add(socket);
            else
                _poller.Add(socket);
        }
    }

    /// <summary>When this returns, the loop does not use the socket any more.</summary>
    [SupportedOSPlatform("linux")]
    internal void Remove(ILoopSocket socket)
    {
        lock (_attaching)
        {
            _waiting.Remove(socket);
            _poller?.Remove(socket);
        }
    }

    [SupportedOSPlatform("linux")]
    private void EndPolling()
    {
        _poller!.Flush();
        lock (_attaching)
        {
            _poller.Dispose();
            _poller = null;
        }
    }

    [SupportedOSPlatform("linux")]
    private void StartPolling()
    {
        lock (_attaching)
        {
            _poller = new LoopPoller();
            _moderation = new WakeModeration(_time.TimestampFrequency);
            _waiting.ForEach(_poller.Add);
            _waiting.Clear();
        }
    }

    private void Wake()
    {
        // The exchange is a full fence: either the sleeper sees the work, or this thread sees the sleeper.
        if (Interlocked.Exchange(ref _asleep, 0) == 0)
            return;

        if (LoopPoller.IsSupported)
            _poller?.Wake();
        else
            Pulse();
    }

    private void Pulse()
    {
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    private void RunThread()
    {
        Enter();
        while (!_stopping)
        {
            var done = RunBatch() + RunTimers();
            if (LoopPoller.IsSupported)
                Poll(mayWait: done == 0);
            else if (done == 0)
                Sleep();
        }

        while (RunBatch() > 0)
        {
            // What was accepted before the stop is done before the end.
        }

        if (LoopPoller.IsSupported)
            EndPolling();
    }

    private void Enter()
    {
        _current = this;
        SynchronizationContext.SetSynchronizationContext(Context);
    }

    /// <summary>Sends what the sockets gathered, and takes what came on them; waits for it when nothing else is to be done.</summary>
    [SupportedOSPlatform("linux")]
    private void Poll(bool mayWait)
    {
        var poller = _poller!;
        poller.Flush();
        if (!mayWait)
        {
            poller.Serve(poller.Wait(0));
            return;
        }

        // After a rest the sockets are looked at, whether or not anything came.
        if (_hasServed && _moderation!.IsOn)
            Rest(poller);
        else
            Await(poller);
    }

    [SupportedOSPlatform("linux")]
    private void Await(LoopPoller poller)
    {
        var from = _time.GetTimestamp();
        var wait = MillisecondsToNextTimer();
        Interlocked.Exchange(ref _asleep, 1);
        var ready = poller.Wait(_queue.IsEmpty && !_stopping ? wait : 0);
        // What is posted from here on is done without a wake-up, after what came on the sockets.
        Volatile.Write(ref _asleep, 0);
        _hasServed = ready > 0;
        _moderation!.OnWaited(from, _time.GetTimestamp(), _hasServed);
        poller.Serve(ready);
    }

    /// <summary>Lets datagrams gather; posted work ends it.</summary>
    [SupportedOSPlatform("linux")]
    private void Rest(LoopPoller poller)
    {
        _hasServed = false;
        var from = _time.GetTimestamp();
        Interlocked.Exchange(ref _asleep, 1);
        if (_queue.IsEmpty && !_stopping)
            poller.Rest(WakeModeration.RestMilliseconds);
        Volatile.Write(ref _asleep, 0);
        _moderation!.OnRested(from, _time.GetTimestamp());
    }

    private void Sleep()
    {
        var wait = MillisecondsToNextTimer();
        lock (_gate)
        {
            Interlocked.Exchange(ref _asleep, 1);
            if (_queue.IsEmpty && !_stopping && wait != 0)
                Monitor.Wait(_gate, wait);
            Volatile.Write(ref _asleep, 0);
        }
    }

    private int MillisecondsToNextTimer() =>
        NextDue is { } due ? (int)Math.Min(Math.Ceiling(due.TotalMilliseconds), int.MaxValue) : Timeout.Infinite;
}
