namespace TekSipCloud.Gateway.Overload;

/// <summary>
/// How many refusals are answered before the rest is dropped, where the settings bound them. A refusal costs a third of what serving a refresh does. Phones
/// repeat what is dropped: where that comes on top of new work without end, answering costs less, since it sends them away.
/// </summary>
/// <remarks><see cref="Renew"/> is one caller's, the rest is any thread's.</remarks>
internal sealed class RefusalBudget(OverloadOptions options, TimeProvider clock)
{
    /// <summary>What a refusal costs, with the system's work for a datagram in and one out.</summary>
    private static readonly TimeSpan Cost = TimeSpan.FromMicroseconds(2.5);

    /// <summary>Looks after which it is judged whether dropping pays: a second; and for how many it then is not done: ten seconds.</summary>
    private const int LooksToJudge = 20;
    private const int LooksToAnswerAll = 200;

    /// <summary>Beyond that many dropped for each that was admitted, those who repeat come on top of new ones.</summary>
    private const int MostPerAdmitted = 2;

    private long _left;
    private long _shed;
    private long _shedBefore;
    private long _admittedBefore;
    private long _at = clock.GetTimestamp();
    private int _looks;
    private int _looksToAnswerAll;

    /// <summary>Requests dropped so far.</summary>
    public long Shed => Interlocked.Read(ref _shed);

    /// <summary>Whether no more refusals are answered until the next look.</summary>
    public bool IsSpent => Volatile.Read(ref _left) <= 0;

    /// <summary>A refusal is answered.</summary>
    public void Spend() => Interlocked.Decrement(ref _left);

    public void CountShed() => Interlocked.Increment(ref _shed);

    /// <summary>Gives what may be spent until the next look.</summary>
    /// <param name="cores">Cores that the process may use, of which a loop has one at most.</param>
    /// <param name="admitted">New requests admitted so far.</param>
    public void Renew(double cores, long admitted)
    {
        var now = clock.GetTimestamp();
        var elapsed = Math.Min(clock.GetElapsedTime(_at, now) / Cost, OverloadControl.CalmPeriod / Cost);
        _at = now;
        Judge(admitted);
        var answersAll = _looksToAnswerAll > 0 || options.RefusalShare >= 1;
        Volatile.Write(ref _left, answersAll ? long.MaxValue : (long)(options.RefusalShare * Math.Min(cores, 1) * elapsed));
    }

    private void Judge(long admitted)
    {
        _looksToAnswerAll = Math.Max(0, _looksToAnswerAll - 1);
        if (++_looks < LooksToJudge)
            return;

        var shed = Shed;
        if (shed - _shedBefore > MostPerAdmitted * Math.Max(1, admitted - _admittedBefore))
            _looksToAnswerAll = LooksToAnswerAll;
        (_looks, _shedBefore, _admittedBefore) = (0, shed, admitted);
    }
}
