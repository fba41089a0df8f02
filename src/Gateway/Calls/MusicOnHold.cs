using TekSipCloud.Contracts.Sounds;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The manual's Music on Hold: while one party holds, the other hears the tenant's music.</summary>
internal static class MusicOnHold
{
    /// <summary>What both are told from now on says that there is music.</summary>
    public static void Prepare(CallLeg a, CallLeg b) =>
        a.Media.PlaysOnHold = b.Media.PlaysOnHold = a.Call.Tenant.Settings.MusicOnHold;

    /// <summary>Both have agreed on something: begins or ends the music.</summary>
    public static void Review(CallLeg a, CallLeg b)
    {
        Serve(a, b);
        Serve(b, a);
    }

    private static void Serve(CallLeg listener, CallLeg other)
    {
        // Who holds as well hears nothing.
        if (!IsPutOnHold(other) || listener.Media.IsHolding(out _))
            listener.Media.StopPlaying();
        else
            Play(listener, other);
    }

    private static void Play(CallLeg listener, CallLeg other)
    {
        var call = listener.Call;
        // When the music is there the hold may be over, or the call.
        if (!call.TryFindSound(SoundKind.MusicOnHold, () => Serve(listener, other), out var music))
            listener.Media.StopPlaying();
        else if (!listener.Media.Play(music, loops: true))
            Silence(listener);
    }

    private static void Silence(CallLeg listener)
    {
        listener.Media.StopPlaying();
        listener.Call.Log.Add("hold", $"The {listener.Name} is on hold without music: it has none of the codecs that music comes in (G.711).");
    }

    /// <summary>A carrier or PBX that holds and goes on sending has music of its own.</summary>
    private static bool IsPutOnHold(CallLeg other) =>
        other.Call.Tenant.Settings.MusicOnHold
        && other.Media.IsHolding(out var sendsItself)
        && (other.Destination is null || !sendsItself);
}
