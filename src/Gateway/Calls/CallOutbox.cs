using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Carries what happens to calls to their books, in order per call, behind the signalling's back: a call never waits for its books. What
/// comes within a moment travels together, so a call that begins and ends within it is one report without a row. What storage does not take in time goes
/// to the journal on disk meanwhile. Bounded: beyond the backlog new calls are refused (503), those in progress go on.
/// </summary>
internal sealed partial class CallOutbox : IAsyncDisposable
{
    private const int MaxBatch = 1_000;

    /// <summary>How long reports are gathered.</summary>
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>When a report goes to the journal: with the period in which that is looked at, well within a second of the call's end.</summary>
    private static readonly TimeSpan JournalAge = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan JournalPeriod = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _hurrying;
    private readonly CancellationToken _stopping;
    private readonly CallQueue _queue;
    private readonly IGrainFactory _grains;
    private readonly NodeIdentity _node;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallOutbox> _logger;
    private readonly int _capacity;
    private readonly Task _worker;
    private TaskCompletionSource? _drained;
    private volatile bool _isClosing;

    public CallOutbox(
        IGrainFactory grains,
        NodeIdentity node,
        ICallJournal journal,
        TimeProvider clock,
        IOptions<GatewayOptions> options,
        ILogger<CallOutbox> logger)
    {
        _grains = grains;
        _node = node;
        _clock = clock;
        _logger = logger;
        _capacity = options.Value.CallBacklog;
        _queue = new CallQueue(journal, clock);
        _hurrying = _hurry.Token;
        _stopping = _stop.Token;
        _worker = Task.Run(Work);
    }

    /// <summary>Calls with something unwritten.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Whether a new call may begin.</summary>
    public bool HasRoom => !_isClosing && Waiting < _capacity;

    public CallBacklogFigures Read() => _queue.Read(_capacity);

    /// <summary>A call begins.</summary>
    /// <returns>What its later steps are told with.</returns>
    public CallEntry Open(CallSummary call)
    {
        var entry = new CallEntry(call, _clock.GetTimestamp());
        Announce(_queue.Add(entry));
        return entry;
    }

    public void Progress(CallEntry entry, CallSummary call) => Announce(_queue.Progress(entry, call));

    public void End(CallEntry entry, CallRecord record) => Announce(_queue.Finish(entry, record));

    /// <summary>No new call may begin from now on; those in progress are still written.</summary>
    public void Close() => _isClosing = true;

    /// <summary>Writes out what waits, as far as the deadline allows; the rest is in the journal then.</summary>
    public async Task Drain(TimeSpan deadline)
    {
        Close();
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _drained, drained);
        await _hurry.CancelAsync();
        if (Waiting > 0)
            await Task.WhenAny(drained.Task, Task.Delay(deadline, _clock));

        // Nothing may wait because it was written this moment: this also waits until the journal is rid of it.
        Journal(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _hurry.CancelAsync();
        await _worker;
        _hurry.Dispose();
        _stop.Dispose();
    }

    private void Announce(bool isFirst)
    {
        if (isFirst)
            _work.Writer.TryWrite(true);
    }

    private async Task Work()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_queue.IsEmpty)
                await ((Task)_work.Reader.WaitToReadAsync(_stopping).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _work.Reader.TryRead(out _);
            await Task.Delay(FlushPeriod, _clock, _hurrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            int told;
            do
                told = await Deliver();
            while (told == MaxBatch && !_stopping.IsCancellationRequested);
        }
    }

    /// <summary>Takes what waits to the books, however often that takes.</summary>
    /// <returns>How many calls that were.</returns>
    private async Task<int> Deliver()
    {
        var reports = _queue.Take(MaxBatch, _hurrying.IsCancellationRequested ? TimeSpan.Zero : FlushPeriod);
        for (var wait = FirstRetry; !reports.IsEmpty; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            if (await TryTell(reports))
            {
                _queue.Settle();
                if (_queue.Waiting == 0)
                    Volatile.Read(ref _drained)?.TrySetResult();
                return reports.Length;
            }

            await Guard(Task.Delay(wait, _clock, _stopping));
            if (_stopping.IsCancellationRequested)
                break;
            reports = _queue.TakeAgain();
        }

        return 0;
    }

    private async Task<bool> TryTell(ImmutableArray<CallReport> reports)
    {
        try
        {
            var writing = _grains.GetGrain<ICallBookGrain>(_node.Name).Write(reports);
            await Guard(writing);
            await writing.WaitAsync(_stopping);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            LogNotWritten(reports.Length, e);
            return false;
        }
    }

    /// <summary>Awaits something that may take long, while what grows old goes to the journal.</summary>
    private async Task Guard(Task work)
    {
        while (!work.IsCompleted && !_stopping.IsCancellationRequested)
        {
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            await Task.WhenAny(work, Task.Delay(JournalPeriod, _clock, awake.Token));
            await awake.CancelAsync();
            if (!work.IsCompleted)
                Journal(JournalAge);
        }
    }

    private void Journal(TimeSpan age)
    {
        try
        {
            _queue.Journal(age);
        }
        catch (Exception e)
        {
            LogNotJournaled(_queue.Waiting, e);
        }
    }

    [LoggerMessage(4030, LogLevel.Warning, "{Count} calls could not be written yet")]
    private partial void LogNotWritten(int count, Exception exception);

    [LoggerMessage(4033, LogLevel.Error, "{Count} calls are neither in storage nor in the journal: the disk does not take them")]
    private partial void LogNotJournaled(int count, Exception exception);
}
