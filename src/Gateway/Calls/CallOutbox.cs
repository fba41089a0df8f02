using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Carries what happens to calls to their grains, in order per call, behind the signalling's back: a call never waits for its books.
/// Bounded: beyond the backlog new calls are refused (503), those in progress go on.
/// </summary>
internal sealed partial class CallOutbox : IAsyncDisposable
{
    private const int Lanes = 16;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly Channel<Entry>[] _lanes = new Channel<Entry>[Lanes];
    private readonly Task[] _workers = new Task[Lanes];
    private readonly CancellationTokenSource _stop = new();
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallOutbox> _logger;
    private readonly int _capacity;
    private int _waiting;
    private volatile bool _isClosing;

    public CallOutbox(IGrainFactory grains, TimeProvider clock, IOptions<GatewayOptions> options, ILogger<CallOutbox> logger)
    {
        _grains = grains;
        _clock = clock;
        _logger = logger;
        _capacity = options.Value.CallBacklog;
        for (var i = 0; i < Lanes; i++)
        {
            var lane = _lanes[i] = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
            _workers[i] = Task.Run(() => Work(lane.Reader));
        }
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
        foreach (var lane in _lanes)
            lane.Writer.TryComplete();

        await Task.WhenAny(Task.WhenAll(_workers), Task.Delay(deadline, _clock));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            lane.Writer.TryComplete();

        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private void Add(Entry entry)
    {
        Interlocked.Increment(ref _waiting);
        if (!_lanes[(uint)entry.Call.Id.GetHashCode() % Lanes].Writer.TryWrite(entry))
            Interlocked.Decrement(ref _waiting);
    }

    private async Task Work(ChannelReader<Entry> entries)
    {
        await foreach (var entry in entries.ReadAllAsync())
        {
            await Deliver(entry);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task Deliver(Entry entry)
    {
        for (var wait = FirstRetry; !_stop.IsCancellationRequested; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await Tell(entry);
                return;
            }
            catch (Exception e)
            {
                LogNotWritten(entry.Call.Id, entry.Step, e);
                await Task.Delay(wait, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
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
