using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// An answered call's media, looked at once a second: who is not heard is told of once, and a call that stays silent, or whose browser does not get
/// through, is ended.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="now">The first look, a second after the answer at most.</param>
internal sealed class MediaWatch(Call call, long now)
{
    // A second for the first look and one between looks: told of within five seconds of the answer.
    private static readonly TimeSpan FirstWords = TimeSpan.FromSeconds(3);
    private readonly long _began = now;
    private long _lastHeardAt = now;
    private long _heard;
    private bool _isDiagnosed;
    private WebMediaCheck _caller;
    private WebMediaCheck _callee;

    public void Look(long now)
    {
        if (EndsHopeless(call.Caller, ref _caller, now) || EndsHopeless(call.Callee, ref _callee, now) || EndsSilent(now))
            return;

        if (_isDiagnosed || Since(_began, now) < FirstWords)
            return;

        _isDiagnosed = true;
        Diagnose(call.Caller, call.Callee);
        Diagnose(call.Callee, call.Caller);
    }

    private TimeSpan Since(long moment, long now) => call.Gateway.Context.Clock.GetElapsedTime(moment, now);

    private bool EndsHopeless(CallLeg? leg, ref WebMediaCheck check, long now)
    {
        if (leg is not { Media.IsWeb: true } || check.WhyHopeless(leg.Media.Relay, call.Gateway.Context.Clock, now, out var reason) is not { } why)
            return false;

        call.ByeReason = reason;
        call.End(CallEnd.System, 200, $"The {leg.Name}{why}");
        return true;
    }

    private bool EndsSilent(long now)
    {
        var heard = (call.Caller?.Media.Relay.CountHeard() ?? 0) + (call.Callee?.Media.Relay.CountHeard() ?? 0);
        if (heard != _heard)
        {
            (_heard, _lastHeardAt) = (heard, now);
            return false;
        }

        var isHeld = call.Caller is { Media.IsHeld: true } || call.Callee is { Media.IsHeld: true };
        var options = call.Gateway.Context.Options;
        var limit = isHeld ? options.HeldMediaTimeout : options.MediaTimeout;
        if (limit == TimeSpan.Zero || Since(_lastHeardAt, now) < limit)
            return false;

        call.ByeReason = ByeReasons.Silence;
        call.End(CallEnd.System, 200, $"No media has come from either party for {limit.TotalSeconds:0} seconds{(isHeld ? ", on hold" : "")}.");
        return true;
    }

    private void Diagnose(CallLeg? leg, CallLeg? peer)
    {
        if (leg is null || leg.Media.Relay.CountAudio() > 0 || !leg.Media.IsToSend || peer is { Media.IsToListen: false })
            return;

        call.Log.Add("media", UnheardMedia.Describe(leg));
    }
}
