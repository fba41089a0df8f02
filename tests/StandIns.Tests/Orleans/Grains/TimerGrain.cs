namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

internal sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(20);

    private IGrainTimer? _timer;
    private int _ticks;

    public Task Start(string gate, bool interleave) => Run(
        async _ =>
        {
            _ticks++;
            await Gate.Of(gate).Pass();
        },
        new GrainTimerCreationOptions(Shortly, Shortly) { Interleave = interleave });

    public Task StartCounting() => Run(Count, new GrainTimerCreationOptions(Shortly, Shortly));

    public Task StartFailing() => Run(
        cancel => _ticks == 0 ? Fail() : Count(cancel),
        new GrainTimerCreationOptions(Shortly, Shortly));

    public Task StartLate() => Run(Count, new GrainTimerCreationOptions(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan));

    public Task Hurry()
    {
        _timer!.Change(Shortly, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Hold(string gate) => Gate.Of(gate).Pass();

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Fail()
    {
        _ticks++;
        throw new InvalidOperationException("First tick.");
    }

    private Task Count(CancellationToken cancel)
    {
        _ticks++;
        Pulse.Of(this.GetPrimaryKeyString()).Beat();
        return Task.CompletedTask;
    }

    private Task Run(Func<CancellationToken, Task> tick, GrainTimerCreationOptions options)
    {
        _timer = this.RegisterGrainTimer(tick, options);
        return Task.CompletedTask;
    }
}
