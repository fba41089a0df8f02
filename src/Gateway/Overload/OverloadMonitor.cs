using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Overload;

/// <summary>Looks at the load twenty times a second, more rarely in calm, and says when the node is overloaded and when no longer.</summary>
internal sealed partial class OverloadMonitor(
    OverloadControl control, GatewayLoops loops, SipTransportLayer transports, IEventLog events, TimeProvider clock,
    ILogger<OverloadMonitor> logger) : IDisposable
{
    /// <summary>A load around the limit comes and goes: the event log hears of it at most that often.</summary>
    private static readonly TimeSpan TellPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Fewer pieces of work that wait for a loop are none to speak of: less than half of what counts as a long queue.</summary>
    private const int FewQueued = LoopGateway.LongQueue / 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly LoopProbe[] _probes = [.. loops.All.Select(loop => new LoopProbe(loop, clock))];
    private readonly SocketQueues _queues = new(transports, clock);
    private readonly CpuShare _cpu = new(clock);
    private readonly RegisterShedding _shedding = new(transports, logger);
    private Task _work = Task.CompletedTask;
    private long _began;
    private long _refusedBefore;
    private long _shedBefore;
    private long _toldAt;
    private bool _isTold;

    public void Start() => _work = Task.Run(Work);

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public void Dispose() => _stop.Dispose();

    private async Task Work()
    {
        using var timer = new PeriodicTimer(OverloadControl.Period, clock);
        var before = clock.GetTimestamp();
        while (await Tick(timer))
        {
            var now = clock.GetTimestamp();
            // This runs where grains do: by how much it is late, they are.
            var lateness = clock.GetElapsedTime(before, now) - timer.Period;
            before = now;
            if (control.Observe(Look(lateness), isAfterCalm: timer.Period == OverloadControl.CalmPeriod) is { } begins)
                Tell(begins);
            _shedding.Set(control.ShareToShed);

            var period = control.IsCalm ? OverloadControl.CalmPeriod : OverloadControl.Period;
            if (period != timer.Period)
                timer.Period = period;
        }
    }

    private async Task<bool> Tick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private LoadSample Look(TimeSpan lateness)
    {
        var slowest = TimeSpan.Zero;
        foreach (var probe in _probes)
        {
            var delay = probe.Read();
            slowest = delay > slowest ? delay : slowest;
        }

        var (inSockets, hasEmptied) = _queues.Read();
        var signalling = slowest + inSockets;
        hasEmptied &= loops.All.All(loop => loop.Queued < FewQueued);
        return new LoadSample(lateness > signalling ? lateness : signalling, _cpu.Read(), hasEmptied, _queues.Dropped);
    }

    private void Tell(bool begins)
    {
        if (begins)
            OnBegin();
        else
            OnEnd();
    }

    private void OnBegin()
    {
        var load = control.Last;
        (_refusedBefore, _shedBefore) = (control.Refused, _shedding.Shed);
        _began = clock.GetTimestamp();
        LogBegun(load.Delay.TotalMilliseconds, load.Cpu * 100, control.Limit);
        _isTold = _toldAt == 0 || clock.GetElapsedTime(_toldAt) >= TellPeriod;
        if (!_isTold)
            return;

        _toldAt = _began;
        events.Write(TenantId.System, EventType.Warning,
            $"Overload: messages wait {load.Delay.TotalMilliseconds:0} ms, CPU {load.Cpu:P0}. New calls and registrations are refused in part (503).");
    }

    private void OnEnd()
    {
        var (refused, shed) = (control.Refused - _refusedBefore, _shedding.Shed - _shedBefore);
        var lasted = clock.GetElapsedTime(_began);
        LogEnded(lasted.TotalSeconds, refused, shed);
        if (_isTold)
        {
            events.Write(
                TenantId.System, EventType.Information,
                $"The overload is over after {lasted.TotalSeconds:0} s; {refused} new requests were refused, {shed} REGISTERs dropped.");
        }
    }

    [LoggerMessage(4041, LogLevel.Warning,
        "Overload: messages wait {Milliseconds:0} ms, CPU {Cpu:0} %. New INVITEs and REGISTERs are limited to {Limit:0} a second")]
    private partial void LogBegun(double milliseconds, double cpu, double limit);

    [LoggerMessage(4042, LogLevel.Information, "The overload is over after {Seconds:0.0} s; {Refused} new requests were refused, {Shed} REGISTERs dropped")]
    private partial void LogEnded(double seconds, long refused, long shed);
}
