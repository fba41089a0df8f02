using Microsoft.Extensions.Options;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Sip.Transports;
using TekSipCloud.Testing;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>
/// A server with one queue that handles messages in turn, each at its cost, and asks the control about every new one: a call is a request that
/// is challenged, and one with credentials that is the real work. It may show what waits in its queue, or not, as a loop that waits for its grains. It
/// may have a quota for every tenth of a second, which it spends at twice its speed, and then stands still. What its system drops, and what finds
/// no room in the queue, is repeated after T1, twice that and so on (RFC 3261 §17.1.2.2), for eight seconds.
/// </summary>
internal sealed class OverloadedServer(
    double callsPerSecond, bool showsBacklog = false, bool hasQuota = false, int longQueue = 20, int nearlyFull = 500, int full = int.MaxValue,
    double challengeShare = 0.1, double refusalShare = 0.08, bool isRegister = false)
{
    private const int MostRepeats = 4;
    private const int StepsPerLook = 50;
    private const int StepsPerPeriod = 100;
    private const int LooksOfCpu = 4;

    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Step = OverloadControl.Period / StepsPerLook;

    private readonly FakeClock _clock = new();
    private readonly Queue<(bool IsPaid, DateTimeOffset At)> _queue = new();
    private readonly PriorityQueue<(bool IsPaid, int Repeats), DateTimeOffset> _repeats = new();
    private readonly Queue<double> _used = new();
    private double _owed;
    private double _toShed;
    private double _budget;
    private double _busy;
    private double _quota;
    private long _step;
    private int _steps;
    private long _dropped;
    private bool _hasEmptied;
    private bool _isCalm;

    public OverloadControl Control { get; private set; } = null!;

    /// <summary>Calls that got through.</summary>
    public int Done { get; private set; }

    /// <summary>New calls that the system dropped, so far.</summary>
    public int Shed { get; private set; }

    /// <summary>The longest that a message waited, in the time that was run last.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Looks after which the next one could wait.</summary>
    public int CalmLooks { get; private set; }

    /// <summary>How often a limit began or ended.</summary>
    public int Changes { get; private set; }

    public OverloadedServer Begin(OverloadOptions? options = null)
    {
        Control = new OverloadControl(Options.Create(options ?? new OverloadOptions()), _clock);
        return this;
    }

    /// <summary>Runs for a time with so many new calls a second.</summary>
    public void Run(double seconds, double offered)
    {
        (Done, LongestWait) = (0, TimeSpan.Zero);
        for (var left = (int)(seconds / Step.TotalSeconds); left > 0; left--)
        {
            _clock.Advance(Step);
            Offer(offered);
            Pass(Step.TotalSeconds);
        }
    }

    /// <summary>Nothing is handled for a while, nor looked at, and what comes waits.</summary>
    public void Pause(double seconds, double offered)
    {
        for (var left = (int)(seconds / Step.TotalSeconds); left > 0; left--)
        {
            _clock.Advance(Step);
            Offer(offered);
            (_step, _steps) = (_step + 1, _steps + 1);
        }
    }

    /// <summary>Nothing is handled for a while, as when the machine stops the process.</summary>
    public void Stumble(double seconds)
    {
        for (var left = (int)(seconds / OverloadControl.Period.TotalSeconds); left > 0; left--)
        {
            _clock.Advance(OverloadControl.Period);
            Look();
        }
    }

    private void Offer(double offered)
    {
        while (_repeats.TryPeek(out var again, out var at) && at <= _clock.GetUtcNow())
        {
            _repeats.Dequeue();
            Send(again.IsPaid, again.Repeats);
        }

        for (_owed += offered * Step.TotalSeconds; _owed >= 1; _owed--)
            Send(isPaid: false, repeats: 0);
    }

    private void Send(bool isPaid, int repeats)
    {
        _toShed += isPaid ? 0 : Control.ShareToShed;
        var isShed = !isPaid && _toShed >= 1;
        _toShed -= isShed ? 1 : 0;
        Shed += isShed ? 1 : 0;
        if (!isShed && _queue.Count < full)
        {
            _queue.Enqueue((isPaid, _clock.GetUtcNow()));
            return;
        }

        _dropped++;
        if (repeats < MostRepeats)
            _repeats.Enqueue((isPaid, repeats + 1), _clock.GetUtcNow() + T1 * (1 << repeats));
    }

    private void Pass(double seconds)
    {
        if (_step++ % StepsPerPeriod == 0)
            _quota = StepsPerPeriod * seconds;
        var isStopped = hasQuota && _quota <= 0;
        if (!isStopped)
            Handle(hasQuota ? 2 * seconds : seconds);
        if (++_steps >= (_isCalm ? StepsPerLook * (OverloadControl.CalmPeriod / OverloadControl.Period) : StepsPerLook) && !isStopped)
            Look();
    }

    private void Handle(double seconds)
    {
        var costOfCall = 1 / callsPerSecond;
        var before = _budget = Math.Min(_budget + seconds, costOfCall + seconds);
        while (_budget > 0 && _queue.TryDequeue(out var message))
        {
            var wait = _clock.GetUtcNow() - message.At;
            LongestWait = wait > LongestWait ? wait : LongestWait;
            if (Control.IsWatching && !Control.Admits(message.IsPaid, BacklogNow(), isRegister))
            {
                _budget -= costOfCall * refusalShare;
            }
            else if (message.IsPaid)
            {
                _budget -= costOfCall * (1 - challengeShare);
                Done++;
            }
            else
            {
                _budget -= costOfCall * challengeShare;
                Send(isPaid: true, repeats: 0);
            }
        }

        _busy += before - _budget;
        _quota -= before - _budget;
        _hasEmptied |= _queue.Count == 0;
    }

    private Backlog BacklogNow() => !showsBacklog ? Backlog.Short
        : _queue.Count > nearlyFull ? Backlog.NearlyFull
        : _queue.Count > longQueue ? Backlog.Long
        : Backlog.Short;

    private void Look()
    {
        var delay = _queue.TryPeek(out var first) ? _clock.GetUtcNow() - first.At : TimeSpan.Zero;
        _used.Enqueue(_busy / (Math.Max(_steps, 1) * Step.TotalSeconds));
        if (_used.Count > LooksOfCpu)
            _used.Dequeue();
        if (Control.Observe(new LoadSample(delay, Math.Min(1, _used.Average()), _hasEmptied, _dropped), isAfterCalm: _isCalm) is not null)
            Changes++;
        (_isCalm, _steps, _busy, _hasEmptied) = (Control.IsCalm, 0, 0, false);
        CalmLooks += _isCalm ? 1 : 0;
    }
}
