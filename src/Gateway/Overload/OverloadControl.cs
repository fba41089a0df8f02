using Microsoft.Extensions.Options;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Overload;

/// <summary>
/// Admits as many new requests as can be finished. While messages wait longer than the target, the rate of new work is cut step by step; when
/// they no longer do, it grows again until nothing is refused any more. It is over when there is room: the queues run empty again and again while CPU
/// is left, which no refusing brings about where more comes than can be done. Requests within dialogs never ask here.
/// </summary>
/// <remarks>
/// Deciding takes one read while there is no overload. <see cref="Observe"/> is one caller's, every <see cref="Period"/> or, while there is little to
/// do, every <see cref="CalmPeriod"/>.
/// </remarks>
internal sealed class OverloadControl
{
    /// <summary>How often the load is looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>How often while there is little to do: each look wakes threads that would sleep, which is felt when there is nothing else to do.</summary>
    public static readonly TimeSpan CalmPeriod = CalmLooks * Period;

    private const int CalmLooks = 5;

    /// <summary>Looks that must all be bad before anything is refused: a second when the CPU is used up, three when it is not (a stumble is no overload).</summary>
    private const int LooksToBegin = 20;
    private const int LooksToBeginWithoutCpu = RecentLooks.Size;

    /// <summary>Looks that are enough when the CPU is used up and the wait is several times too long: messages are about to be lost.</summary>
    private const int LooksToBeginWhenSevere = 3;
    private const int SevereTimes = 3;

    /// <summary>Looks between two changes of the limit.</summary>
    private const int LooksToAdjust = 4;

    /// <summary>Looks without a refusal after which it is over: three seconds.</summary>
    private const int LooksToEnd = 60;

    /// <summary>More requests a second than any node takes.</summary>
    private const double WideOpen = 1_000_000;

    /// <summary>
    /// Looks with room after which a longer queue is let be, since it goes by itself; and after which it is over, although some were refused for what
    /// waited when they came.
    /// </summary>
    private const int LooksToEase = 2;
    private const int LooksToEndWithRoom = 10;

    private const double FirstCut = 0.9;
    private const double Cut = 0.93;
    private const double Growth = 1.04;
    private const double GrowthWhenIdle = 1.15;
    private const double GrowthWithRoom = 1.5;

    /// <summary>A queue that shrinks by that much until the next adjustment needs no further cut.</summary>
    private const double Shrinking = 0.9;

    private readonly OverloadOptions _options;
    private readonly RecentLooks _looks = new();
    private readonly RequestPace _limit;
    private readonly RequestPace _always;
    private readonly ShedShare _shed;
    private bool _isWatching;
    private bool _isCpuUsedUp;
    private long _admittedCalls;
    private long _admittedRegisters;
    private long _refused;
    private long _refusedRegisters;
    private long _refusedByLimit;
    private long _admittedBefore;
    private long _refusedBefore;
    private long _refusedByLimitBefore;
    private int _looksSinceAdjusted;
    private int _looksWithoutRefusal;
    private int _looksWithRoom;
    private int _looksWithoutLimit;
    private bool _isEasing;
    private bool _isShedding;
    private TimeSpan _lastDelay;

    public OverloadControl(IOptions<OverloadOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _limit = new RequestPace(clock);
        _always = new RequestPace(clock);
        _always.LimitTo(_options.AlwaysAdmitted);
        _shed = new ShedShare(_options, clock);
    }

    /// <summary>Whether new work is counted, and limited if need be: not while nothing waits.</summary>
    public bool IsWatching => Volatile.Read(ref _isWatching);

    /// <summary>Whether the next look is soon enough after <see cref="CalmPeriod"/>: nothing waits, and the CPU is far from being used up.</summary>
    public bool IsCalm => !IsLimiting && Last.Delay <= _options.TargetDelay / 4 && Last.Cpu <= _options.CpuLimit / 2;

    /// <summary>Whether new work is being limited.</summary>
    public bool IsLimiting => _limit.IsLimited;

    /// <summary>New requests a second that are admitted; infinite while there is no overload.</summary>
    public double Limit => _limit.PerSecond;

    /// <summary>After how long those that are refused may come back, at the earliest.</summary>
    public TimeSpan RetryAfter => _options.RetryAfter;

    /// <summary>The last look.</summary>
    public LoadSample Last { get; private set; }

    /// <summary>New requests refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The share of new REGISTERs that the system is to drop unanswered, from 0 to 1.</summary>
    public double ShareToShed => _shed.Value;

    /// <summary>Whether a new INVITE or REGISTER may go on.</summary>
    /// <param name="isPaid">Whether it continues what was admitted a moment ago: work that was begun is finished first.</param>
    /// <param name="backlog">What waits behind it.</param>
    /// <param name="isRegister">Which of them it is.</param>
    public bool Admits(bool isPaid, Backlog backlog, bool isRegister = false)
    {
        if (IsLimitingBehind(backlog) && !AdmitsNow(isPaid, backlog))
        {
            CountRefused(backlog, isRegister);
            return false;
        }

        if (!isPaid)
            Interlocked.Increment(ref isRegister ? ref _admittedRegisters : ref _admittedCalls);
        return true;
    }

    /// <summary>
    /// Whether new work is being limited, or messages are about to be lost for want of CPU: that needs no second look. After a stumble the CPU is not used
    /// up.
    /// </summary>
    private bool IsLimitingBehind(Backlog backlog) =>
        IsLimiting || (backlog == Backlog.NearlyFull && Volatile.Read(ref _isCpuUsedUp));

    /// <summary>Behind what new work without credentials is still admitted.</summary>
    private Backlog MostBehind => Volatile.Read(ref _isEasing) || Volatile.Read(ref _isShedding) ? Backlog.Long : Backlog.Short;

    /// <summary>
    /// Whether a new request without credentials is refused, whatever it is. One that may be admitted is for <see cref="Admits"/> to judge; one that is
    /// refused without it is to be counted.
    /// </summary>
    /// <param name="backlog">What waits behind it.</param>
    public bool Refuses(Backlog backlog) => IsLimitingBehind(backlog) && !(backlog <= MostBehind ? _limit : _always).HasRoom;

    /// <summary>Counts a new request without credentials that was refused.</summary>
    /// <param name="backlog">What waited behind it: where little did, it was the limit that refused.</param>
    /// <param name="isRegister">Whether it was a REGISTER.</param>
    public void CountRefused(Backlog backlog, bool isRegister = false)
    {
        Interlocked.Increment(ref _refused);
        if (isRegister)
            Interlocked.Increment(ref _refusedRegisters);
        if (backlog <= MostBehind)
            Interlocked.Increment(ref _refusedByLimit);
    }

    /// <summary>
    /// Under overload there is always more than can be done: what waits says, message by message, whether the next call still can, and the limit bounds
    /// what does not wait there (grains, storage).
    /// </summary>
    private bool AdmitsNow(bool isPaid, Backlog backlog)
    {
        if (backlog > (!isPaid ? MostBehind : Volatile.Read(ref _isShedding) ? Backlog.NearlyFull : Backlog.Long))
            return _always.TryTake();
        return isPaid || !IsLimiting || _limit.TryTake();
    }

    /// <summary>Takes note of the load.</summary>
    /// <param name="sample">The load now.</param>
    /// <param name="isAfterCalm">Whether this is the first look after <see cref="CalmPeriod"/>, rather than <see cref="Period"/>.</param>
    /// <returns>Whether a limit begins (true) or ends (false); null when nothing changes.</returns>
    public bool? Observe(LoadSample sample, bool isAfterCalm = false)
    {
        var admitted = Interlocked.Read(ref _admittedCalls) + Interlocked.Read(ref _admittedRegisters);
        var looks = isAfterCalm ? CalmLooks : 1;
        var perLook = (admitted - _admittedBefore) / looks;
        // The looks that were left out would have seen what the last one saw: one that is bad tells nothing of them.
        for (var leftOut = 1; leftOut < looks; leftOut++)
            _looks.Add(Last, perLook);
        _looks.Add(sample, admitted - _admittedBefore - (perLook * (looks - 1)));
        _admittedBefore = admitted;
        Last = sample;
        Shed(sample);
        Volatile.Write(ref _isCpuUsedUp, sample.Cpu >= _options.CpuLimit);
        Volatile.Write(ref _isWatching, IsLimiting || sample.Delay > _options.TargetDelay / 4);
        _looksWithRoom = HasRoom(sample) ? _looksWithRoom + 1 : 0;
        Volatile.Write(ref _isEasing, _looksWithRoom >= LooksToEase);
        return IsLimiting ? Adjust() : Begin();
    }

    /// <summary>
    /// Where the system drops most of what is too much, what waits says little: a longer queue is let be, and the limit alone decides. What was begun is
    /// finished behind any queue, since little is begun.
    /// </summary>
    private void Shed(LoadSample sample)
    {
        _shed.Renew(
            Interlocked.Read(ref _admittedCalls), Interlocked.Read(ref _admittedRegisters), Interlocked.Read(ref _refusedRegisters), sample.Dropped,
            HasRoom(sample) ? sample.Cpu : 1);
        var isShedding = _shed.Value > 0;
        if (isShedding && !_isShedding)
            SetLimit(Math.Min(Limit, _shed.Capacity));
        Volatile.Write(ref _isShedding, isShedding);
    }

    /// <summary>Whether queues run empty with CPU to spare: halfway between what is a full load and all there is.</summary>
    private bool HasRoom(LoadSample sample) =>
        sample.HasEmptied && sample.Delay <= _options.TargetDelay / 4 && sample.Cpu < (1 + _options.CpuLimit) / 2;

    private bool? Begin()
    {
        var delay = _looks.LeastDelay(LooksToJudgeBy());
        var hasRefused = Refused != _refusedBefore;
        if (delay <= _options.TargetDelay && !hasRefused)
            return null;

        _looksSinceAdjusted = _looksWithoutRefusal = _looksWithRoom = _looksWithoutLimit = 0;
        _lastDelay = delay;
        _refusedBefore = Refused;
        // What was refused so far shows what waits: that bounds new work, and nothing is known yet of what could be done.
        SetLimit(hasRefused ? WideOpen : _looks.BestPace() * FirstCut);
        return true;
    }

    private int LooksToJudgeBy()
    {
        var isSevere = _looks.LeastDelay(LooksToBeginWhenSevere) > _options.TargetDelay * SevereTimes;
        if (isSevere && _looks.MeanCpu(LooksToBeginWhenSevere) >= _options.CpuLimit)
            return LooksToBeginWhenSevere;

        return _looks.MeanCpu(LooksToBegin) >= _options.CpuLimit ? LooksToBegin : LooksToBeginWithoutCpu;
    }

    private bool? Adjust()
    {
        CountLooks();
        var delay = _looks.LeastDelay(LooksToAdjust);
        if (IsOver(delay))
        {
            _limit.Release();
            _looks.Clear();
            return false;
        }

        if (++_looksSinceAdjusted < LooksToAdjust)
            return null;

        _looksSinceAdjusted = 0;
        if (delay > _options.TargetDelay && delay > _lastDelay * Shrinking)
            SetLimit(Math.Min(Limit, _looks.BestPace()) * Cut);
        else if (delay < _options.TargetDelay / 2 && _looksWithoutLimit < LooksToAdjust)
            SetLimit(Limit * GrowthAt(delay));
        _lastDelay = delay;
        return null;
    }

    private void CountLooks()
    {
        var (refused, refusedByLimit) = (Refused, Interlocked.Read(ref _refusedByLimit));
        _looksWithoutRefusal = refused == _refusedBefore ? _looksWithoutRefusal + 1 : 0;
        _looksWithoutLimit = refusedByLimit == _refusedByLimitBefore ? _looksWithoutLimit + 1 : 0;
        (_refusedBefore, _refusedByLimitBefore) = (refused, refusedByLimit);
    }

    /// <summary>Where the limit refuses, or the system drops what comes, there is room because it does.</summary>
    private bool IsOver(TimeSpan delay) => _shed.Value == 0
        && ((_looksWithRoom >= LooksToEndWithRoom && _looksWithoutLimit >= LooksToEndWithRoom)
            || (_looksWithoutRefusal >= LooksToEnd && delay <= _options.TargetDelay));

    private double GrowthAt(TimeSpan delay) => _looksWithRoom >= LooksToAdjust && Last.Cpu * GrowthWithRoom < 1 ? GrowthWithRoom
        : delay < _options.TargetDelay / 8 ? GrowthWhenIdle
        : Growth;

    private void SetLimit(double perSecond) => _limit.LimitTo(Math.Max(perSecond, _options.AlwaysAdmitted));
}
