namespace TekSipCloud.Gateway.Overload;

/// <summary>
/// The share of new REGISTERs that the system is to drop so that refusing the rest takes no more of the time than the settings give it. A refusal costs a
/// third of what serving a refresh does: where twice as much comes as can be done, answering every one would take half of the time.
/// </summary>
/// <remarks>
/// What is done is counted in refusals, for how long one takes is another thing on each machine, and when others use it too. What comes is counted
/// as well, also what is dropped: so the share follows from the last moments, and need not be found by trying while phones repeat more and more.
/// </remarks>
internal sealed class ShedShare(OverloadOptions options, TimeProvider clock)
{
    /// <summary>What serving costs: a refresh, and what comes of a call until it ends.</summary>
    private const int RefusalsPerRefresh = 3;
    private const int RefusalsPerCall = 30;

    /// <summary>So many refusals a second are nothing to any machine.</summary>
    private const double AlwaysRefused = 1_000;

    /// <summary>How much of a change is made at each look: what waits in the queue came under an earlier share.</summary>
    private const double Gain = 0.5;

    /// <summary>What of earlier looks counts beside the last one: a machine that stumbles for a moment is not judged by it.</summary>
    private const double Memory = 0.8;

    /// <summary>What always passes.</summary>
    private const double LeastPassing = 0.02;

    /// <summary>A node that does less than that for want of work is not known well enough.</summary>
    private const double LeastBusy = 0.3;

    /// <summary>How long there are too many refusals, in seconds, until it begins. What comes at once and no more is refused.</summary>
    private const double SecondsToBegin = 0.3;

    private double _passing = 1;
    private double _wanted;
    private double _came;
    private double _done;
    private double _seconds;
    private long _callsBefore;
    private long _registersBefore;
    private long _refusedBefore;
    private long _droppedBefore;
    private long _at = clock.GetTimestamp();

    /// <summary>It, from 0 to 1.</summary>
    public double Value => 1 - _passing;

    /// <summary>REGISTERs a second that could be served in the time that was spent before it began, had none been refused.</summary>
    public double Capacity => _done / RefusalsPerRefresh / _seconds;

    /// <summary>Takes note of what became of those that came since the last look.</summary>
    /// <param name="calls">INVITEs admitted so far.</param>
    /// <param name="registers">REGISTERs admitted so far.</param>
    /// <param name="refused">REGISTERs refused so far.</param>
    /// <param name="dropped">Datagrams that the system dropped so far, because it was told to or for want of room.</param>
    /// <param name="busy">The share of its time that the node had something to do: 1 where something always waits.</param>
    public void Renew(long calls, long registers, long refused, long dropped, double busy)
    {
        var now = clock.GetTimestamp();
        var (newCalls, newRegisters, newRefused) = (calls - _callsBefore, registers - _registersBefore, refused - _refusedBefore);
        var (newDropped, seconds) = (dropped - _droppedBefore, clock.GetElapsedTime(_at, now).TotalSeconds);
        (_at, _callsBefore, _registersBefore, _refusedBefore, _droppedBefore) = (now, calls, registers, refused, dropped);
        if (options.RefusalShare >= 1)
            return;

        var work = (RefusalsPerCall * newCalls) + (RefusalsPerRefresh * newRegisters) + newRefused;
        var room = (work / Math.Max(busy, LeastBusy)) - work;
        var mayRefuse = Math.Max(AlwaysRefused * seconds, (work + room) * options.RefusalShare);
        // As many as could be served in the room there is, and instead of those whose refusal takes too long.
        _wanted = (Memory * _wanted) + newRegisters + ((room + newRefused - mayRefuse) / RefusalsPerRefresh) + mayRefuse;
        _came = (Memory * _came) + newRegisters + newRefused + newDropped;
        if (_passing < 1 || HasLasted(newRefused > mayRefuse, work, seconds))
            ChangeTowards(_wanted / Math.Max(1, _came));
    }

    private bool HasLasted(bool areTooMany, long done, double seconds)
    {
        (_done, _seconds) = areTooMany ? (_done + done, _seconds + seconds) : (0, 0);
        return _seconds >= SecondsToBegin;
    }

    private void ChangeTowards(double passing)
    {
        _passing = Math.Clamp(_passing + (Gain * (passing - _passing)), LeastPassing, 1);
        // Halving what is left of the way would never arrive.
        if (_passing > 1 - LeastPassing)
            _passing = 1;
    }
}
