using TekSipCloud.Media.Playback;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The manual's Mid-Call Announcement: both parties hear 30 s before the end that their call's time is nearly over.</summary>
internal static class CallEndWarning
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);

    /// <summary>Has an answered call end after a time, with a warning if the tenant wants one and the call is long enough.</summary>
    public static void Schedule(Call call, TimeSpan limit)
    {
        if (call.Tenant.Settings.AnnounceCallEnd && limit > Before)
            call.Later(limit - Before, static state => Warn((Call)state!), call);
        else
            call.Later(limit, OnLimit, call);
    }

    private static void Warn(Call call)
    {
        var clip = DefaultSounds.CallEnding;
        call.Log.Add("limit", $"The parties are told that the call ends in {Before.TotalSeconds:0} s.");
        call.Caller?.Media.Play(clip, loops: false);
        call.Callee?.Media.Play(clip, loops: false);
        var said = TimeSpan.FromTicks(Math.Min(clip.Duration.Ticks, Before.Ticks));
        call.Later(said, static state => OnSaid((Call)state!), call);
    }

    /// <summary>Whoever was on hold hears the music again.</summary>
    private static void OnSaid(Call call)
    {
        if (call.Service is { } service)
            service.Play();
        else if (call is { Caller: { } caller, Callee: { } callee })
            MusicOnHold.Review(caller, callee);

        var said = Math.Min(DefaultSounds.CallEnding.Duration.Ticks, Before.Ticks);
        call.Later(Before - TimeSpan.FromTicks(said), OnLimit, call);
    }

    private static void OnLimit(object? state) => ((Call)state!).OnLimit();
}
