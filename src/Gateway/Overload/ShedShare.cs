namespace TekSipCloud.Gateway.Overload;

/// <summary>
/// The share of new REGISTERs that the system is to drop so that refusing the rest takes no more of the time than the settings give it. A refusal costs a
/// third of what serving a refresh does: where twice as much comes as can be done, answering every one would take half of the time.
/// </summary>
/// <remarks>What is done is counted in refusals, for how long one takes is another thing on each machine, and when others use it too.</remarks>
internal sealed class ShedShare(OverloadOptions options, TimeProvider clock)
{
    /// <summary>What serving costs: a refresh, and what comes of a call until it ends.</summary>
    private const int RefusalsPerRefresh = 3;
    private const int RefusalsPerCall = 30;

    /// <summary>So many refusals a second are nothing to any machine.</summary>
    private const double AlwaysRefused = 1_000;

    /// <summary>How much of what is missing is made up for at each look: what waits in the queue came under an earlier share.</summary>
    private const double Gain = 0.2;

    /// <summary>What passes grows by that much a look at most: the next look may be different.</summary>
    private const double MostGrowth = 1.08;

    /// <summary>What of earlier looks counts beside the last one: a machine that stumbles for a moment is not judged by it.</summary>
    private const double Memory = 0.8;

    /// <summary>What always passes.</summary>
    private const double LeastPassing = 0.02;

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
    private long _at = clock.GetTimestamp();

    /// <summary>It, from 0 to 1.</summary>
    public double Value => 1 - _passing;

    /// <summary>REGISTERs a second that could be served in the time that was spent before it began, had none been refused.</summary>
    public double Capacity => _done / RefusalsPerRefresh / _seconds;

    /// <summary>Takes note of what became of those that came since the last look.</summary>
    /// <param name="calls">INVITEs admitted so far.</param>
    /// <param name="registers">REGISTERs admitted so far.</param>
    /// <param name="refused">REGISTERs refused so far.</param>
    public void Renew(long calls, long registers, long refused)
    {
        var now = clock.GetTimestamp();
        var (newCalls, newRegisters, newRefused) = (calls - _callsBefore, registers - _registersBefore, refused - _refusedBefore);
        var seconds = clock.GetElapsedTime(_at, now).TotalSeconds;
        (_at, _callsBefore, _registersBefore, _refusedBefore) = (now, calls, registers, refused);
        if (options.RefusalShare >= 1)
            return;

        var work = (RefusalsPerCall * newCalls) + (RefusalsPerRefresh * newRegisters);
        var mayRefuse = Math.Max(AlwaysRefused * seconds, work * options.RefusalShare / (1 - options.RefusalShare));
        _wanted = (Memory * _wanted) + newRegisters + mayRefuse;
        _came = (Memory * _came) + newRegisters + newRefused;
        if (_passing < 1 || HasLasted(newRefused > mayRefuse, work + newRefused, seconds))
            Change(by: _wanted / Math.Max(1, _came));
    }

    private bool HasLasted(bool areTooMany, long done, double seconds)
    {
        (_done, _seconds) = areTooMany ? (_done + done, _seconds + seconds) : (0, 0);
        return _seconds >= SecondsToBegin;
    }

    private void Change(double by) => _passing = Math.Clamp(_passing * Math.Min(1 + (Gain * (by - 1)), MostGrowth), LeastPassing, 1);
}
