using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Gateway.Calls;

/// <summary>What a caller hears before its call is refused, as early media (RFC 3960): that nobody has the number, or that it cannot be reached.</summary>
internal sealed class RefusalAnnouncement
{
    // Covers the tick that the sound begins with.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);
    private readonly Call _call;
    private readonly int _status;

    private RefusalAnnouncement(Call call, int status) => (_call, _status) = (call, status);

    /// <summary>Begins it, if the tenant wants it and the caller can hear it; the refusal follows.</summary>
    public static bool TryBegin(Call call, int status)
    {
        // RFC 6337 §3.1: who was given a callee's early media cannot be given ours.
        if (!call.Tenant.Settings.AnnounceRefusals || call.HasEarlyMedia || call.IsOver || ClipFor(status) is not { } clip)
            return false;
        if (call is not { Offer: { } offer, Caller: { } caller } || !LocalAnswer.TryAnswer(offer, isG711: true, out var answer))
            return false;
        if (caller.Media.WriteAnswer(answer, offer, out _) is not { } sdp || !caller.Media.Play(clip, loops: false))
            return false;

        call.Log.Add("announcement", $"The caller hears an announcement before {status}.");
        call.Progress(sdp);
        call.Later(clip.Duration + Margin, static state => ((RefusalAnnouncement)state!).OnSaid(), new RefusalAnnouncement(call, status));
        return true;
    }

    private void OnSaid() => _call.Refuse(_status, _call.Routing.Reason, _call.Routing.RefusedBy);

    private static AudioClip? ClipFor(int status) => status switch
    {
        404 or 410 or 484 or 604 => DefaultSounds.NotInService,
        408 or 480 or >= 500 and < 600 => DefaultSounds.Unavailable,
        _ => null,
    };
}
