using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The manual's Mid-Call Announcement: both parties hear 30 s before the end that their call's time is nearly over.</summary>
internal sealed class CallEndWarning
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);
    private readonly Call _call;
    private readonly long _began;

    private CallEndWarning(Call call) => (_call, _began) = (call, call.Gateway.Context.Clock.GetTimestamp());

    private TimeSpan Left => Before - _call.Gateway.Context.Clock.GetElapsedTime(_began);

    /// <summary>Has an answered call end after a time, with a warning if the tenant wants one and the call is long enough.</summary>
    public static void Schedule(Call call, TimeSpan limit)
    {
        if (call.Tenant.Settings.AnnounceCallEnd && limit > Before)
            call.Later(limit - Before, static state => Begin((Call)state!), call);
        else
            call.Later(limit, OnLimit, call);
    }

    private static void Begin(Call call)
    {
        // It ends in time also if the sound is long in coming.
        call.Later(Before, OnLimit, call);
        call.Log.Add("limit", $"The parties are told that the call ends in {Before.TotalSeconds:0} s.");
        new CallEndWarning(call).Say();
    }

    private void Say()
    {
        if (!_call.TryFindSound(SoundKind.CallEnding, Say, out var clip) || clip.Duration >= Left)
            return;

        SayTo(_call.Caller, clip);
        SayTo(_call.Callee, clip);
        _call.Later(clip.Duration, static state => ((CallEndWarning)state!).OnSaid(), this);
    }

    private void SayTo(CallLeg? leg, AudioClip clip)
    {
        if (leg is not null && !leg.Media.Play(clip, loops: false))
            _call.Log.Add("limit", $"The {leg.Name} does not hear it: it has none of the codecs that announcements come in (G.711).");
    }

    /// <summary>Whoever was on hold hears the music again.</summary>
    private void OnSaid()
    {
        if (_call.Service is { } service)
            service.Play();
        else if (_call is { Caller: { } caller, Callee: { } callee })
            MusicOnHold.Review(caller, callee);

        _call.Later(Left, OnLimit, _call);
    }

    private static void OnLimit(object? state) => ((Call)state!).OnLimit();
}
