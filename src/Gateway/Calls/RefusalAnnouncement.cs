using TekSipCloud.Contracts.Sounds;
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
    private readonly SoundKind _kind;

    private RefusalAnnouncement(Call call, int status, SoundKind kind) => (_call, _status, _kind) = (call, status, kind);

    /// <summary>Refuses the call, after an announcement if the tenant wants one and the caller can hear it.</summary>
    public static void Refuse(Call call, int status)
    {
        // RFC 6337 §3.1: who was given a callee's early media cannot be given ours. Of a transfer that failed its transferor is told.
        if (!call.Tenant.Settings.AnnounceRefusals || call.MadeFor is not null || call.HasEarlyMedia || call.IsOver || KindFor(status) is not { } kind)
            call.Refuse(status, call.Routing.Reason, call.Routing.RefusedBy);
        else
            new RefusalAnnouncement(call, status, kind).Begin();
    }

    private void Begin()
    {
        if (_call is not { Offer: { } offer, Caller: { } caller } || !LocalAnswer.TryAnswer(offer, isG711: true, out var answer))
            Refuse();
        else if (_call.TryFindSound(_kind, Begin, out var clip))
            Play(clip, caller, answer, offer);
    }

    private void Play(AudioClip clip, CallLeg caller, SessionDescription answer, SessionDescription offer)
    {
        if (caller.Media.WriteAnswer(answer, offer, out _) is not { } sdp || !caller.Media.Play(clip, loops: false))
        {
            Refuse();
            return;
        }

        _call.Log.Add("announcement", $"The caller hears an announcement before {_status}.");
        _call.Progress(sdp, answer);
        _call.Later(clip.Duration + Margin, static state => ((RefusalAnnouncement)state!).Refuse(), this);
    }

    private void Refuse() => _call.Refuse(_status, _call.Routing.Reason, _call.Routing.RefusedBy);

    private static SoundKind? KindFor(int status) => status switch
    {
        404 or 410 or 484 or 604 => SoundKind.NotInService,
        408 or 480 or >= 500 and < 600 => SoundKind.Unavailable,
        _ => null,
    };
}
