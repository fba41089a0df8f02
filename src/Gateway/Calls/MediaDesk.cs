using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Looks after the media of a loop's answered calls, once a second: one timer for all, which runs while there are any. A call that is over before
/// it is looked at costs nothing.
/// </summary>
internal sealed class MediaDesk(LoopGateway gateway)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private ILoopTimer? _timer;

    /// <summary>A call of this loop is answered.</summary>
    public void Begin()
    {
        if (_timer is null)
            _timer = gateway.Loop.Schedule(Period, static desk => ((MediaDesk)desk!).Turn(), this);
        else if (!_timer.IsPending)
            _timer.Change(Period);
    }

    private void Turn()
    {
        var now = gateway.Context.Clock.GetTimestamp();
        var goesOn = false;
        foreach (var call in gateway.Context.Calls.Now)
        {
            if (call.Gateway != gateway || call.IsOver || !call.IsAnswered)
                continue;

            goesOn = true;
            (call.MediaWatch ??= new MediaWatch(call, now)).Look(now);
        }

        if (goesOn)
            _timer!.Change(Period);
    }
}
