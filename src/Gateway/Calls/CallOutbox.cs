using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Carries what happens to calls to their grains, in order per call, behind the signalling's back: a call never waits for its books, nor
/// for those of another call. Bounded: beyond the backlog new calls are refused (503), those in progress go on.
/// </summary>
internal sealed partial class CallOutbox : IAsyncDisposable
{
    /// <summary>Writes under way at a time: storage commits them in groups, so many are hardly more work than few.</summary>
    private const int MaxWrites = 256;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, CallBacklog<Entry>> _calls = new();
    private readonly SemaphoreSlim _writes = new(MaxWrites);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallOutbox> _logger;
    private readonly int _capacity;
    private TaskCompletionSource? _drained;
    private int _waiting;
    private volatile bool _isClosing;

    public CallOutbox(IGrainFactory grains, TimeProvider clock, IOptions<GatewayOptions> options, ILogger<CallOutbox> logger)
    {
        _grains = grains;
        _clock = clock;
        _logger = logger;
        _capacity = options.Value.CallBacklog;
        _stopping = _stop.Token;
    }

    /// <summary>What waits to be written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether a new call may begin.</summary>
    public bool HasRoom => !_isClosing && Waiting < _capacity;

    public void Open(CallSummary call) => Add(new(call, null, Step.Open));

    public void Progress(CallSummary call) => Add(new(call, null, Step.Progress));

    public void End(CallRecord record) => Add(new(record.Call, record, Step.End));

    /// <summary>No new call may begin from now on; those in progress are still written.</summary>
    public void Close() => _isClosing = true;

    /// <summary>Writes out what waits, as far as the deadline allows.</summary>
    public async Task Drain(TimeSpan deadline)
    {
        Close();
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _drained, drained);
        if (Waiting > 0)
            await Task.WhenAny(drained.Task, Task.Delay(deadline, _clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private void Add(Entry entry)
    {
        Interlocked.Increment(ref _waiting);
        while (true)
        {
            var backlog = _calls.GetOrAdd(entry.Call.Id, static _ => new());
            if (!backlog.TryAdd(entry, out var isFirst))
            {
                _calls.TryRemove(new(entry.Call.Id, backlog));
                continue;
            }

            if (isFirst)
                _ = Task.Run(() => Work(entry.Call.Id, backlog));
            return;
        }
    }

    private async Task Work(Guid call, CallBacklog<Entry> backlog)
    {
        while (backlog.TryPeek(out var entry))
        {
            await Deliver(entry);
            if (_stopping.IsCancellationRequested)
                return;

            backlog.RemoveFirst();
            if (Interlocked.Decrement(ref _waiting) == 0)
                Volatile.Read(ref _drained)?.TrySetResult();
        }

        _calls.TryRemove(new(call, backlog));
    }

    private async Task Deliver(Entry entry)
    {
        for (var wait = FirstRetry; !_stopping.IsCancellationRequested; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            if (await TryTell(entry))
                return;

            await Task.Delay(wait, _clock, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryTell(Entry entry)
    {
        await _writes.WaitAsync(CancellationToken.None);
        try
        {
            await Tell(entry);
            return true;
        }
        catch (Exception e)
        {
            LogNotWritten(entry.Call.Id, entry.Step, e);
            return false;
        }
        finally
        {
            _writes.Release();
        }
    }

    private Task Tell(Entry entry)
    {
        var grain = _grains.GetGrain<ICallGrain>(new CallKey(entry.Call.Tenant, entry.Call.Id).ToString());
        return entry.Step switch
        {
            Step.Open => grain.Open(entry.Call),
            Step.Progress => grain.Progress(entry.Call),
            _ => grain.End(entry.Record!),
        };
    }

    private enum Step
    {
        Open,
        Progress,
        End,
    }

    private readonly record struct Entry(CallSummary Call, CallRecord? Record, Step Step);

    [LoggerMessage(4030, LogLevel.Warning, "Call {Call}: {Step} could not be written yet")]
    private partial void LogNotWritten(Guid call, Step step, Exception exception);
}
