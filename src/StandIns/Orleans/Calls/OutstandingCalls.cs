using System.Collections.Concurrent;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>The calls whose callers wait on this silo; a sweep ends those that waited too long.</summary>
internal sealed class OutstandingCalls(TimeProvider clock, TimeSpan responseTimeout, bool cancelsServing) : IDisposable
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Call, TimeSpan> _calls = new();
    private readonly Lock _lock = new();
    private TimeSpan _period = TimeSpan.MaxValue;
    private ITimer? _sweep;

    public void Add(Call call)
    {
        var timeout = call.Method.ResponseTimeout ?? responseTimeout;
        call.Deadline = clock.GetTimestamp() + (long)(timeout.TotalSeconds * clock.TimestampFrequency);
        _calls[call] = timeout;
        SweepFor(timeout);
    }

    public void Remove(Call call) => _calls.TryRemove(call, out _);

    public void LoseServer(Silo server)
    {
        foreach (var call in _calls.Keys)
            if (ReferenceEquals(call.Server, server))
                call.LoseServer();
    }

    public void LoseAll()
    {
        foreach (var call in _calls.Keys)
            call.LoseServer();
    }

    public void Dispose()
    {
        lock (_lock)
            _sweep?.Dispose();
    }

    /// <summary>A tenth of the shortest time-out seen is fine enough to be prompt and rare enough to be free.</summary>
    private void SweepFor(TimeSpan timeout)
    {
        if (timeout / 10 >= _period)
            return;

        lock (_lock)
        {
            if (_sweep is not null && _period == ShortestPeriod)
                return;

            _period = TimeSpan.FromTicks(Math.Clamp((timeout / 10).Ticks, ShortestPeriod.Ticks, LongestPeriod.Ticks));
            _sweep?.Dispose();
            _sweep = clock.CreateTimer(_ => Sweep(), null, _period, _period);
        }
    }

    private void Sweep()
    {
        var now = clock.GetTimestamp();
        foreach (var (call, timeout) in _calls)
            if (call.Deadline <= now)
                call.TimeOut(timeout, cancelsServing);
    }
}
