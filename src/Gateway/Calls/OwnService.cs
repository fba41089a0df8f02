using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A number that we answer ourselves, so that somebody with one phone hears something: an echo, or the music on hold.</summary>
internal sealed class OwnService
{
    private readonly Call _call;
    private readonly bool _isEcho;

    private OwnService(Call call, bool isEcho) => (_call, _isEcho) = (call, isEcho);

    private bool IsG711 => !_isEcho || _call.Admitted.IsOriginationOnly;

    public string Name => _isEcho ? "Echo test" : "Music test";

    private CallLeg Caller => _call.Caller!;

    /// <summary>The service of the number dialled by an extension; null for none. Extensions with that number go first.</summary>
    public static OwnService? Find(Call call)
    {
        var settings = call.Tenant.Settings;
        if (call.Admitted.Requester.Extension is null)
            return null;
        if (call.Number == settings.EchoNumber)
            return new(call, isEcho: true);

        return call.Number == settings.MusicNumber ? new(call, isEcho: false) : null;
    }

    /// <summary>Answers the call.</summary>
    public void Answer()
    {
        _call.Log.Add("service", $"{_call.Number} is the {(_isEcho ? "echo test" : "music test")}.");
        if (_call.Offer is { } offer)
        {
            if (WriteAnswer(offer) is not { } sdp)
            {
                _call.Refuse(488, "The caller offers nothing that can be played to it (G.711).");
                return;
            }

            Begin();
            Caller.Accept(_call.Invite, sdp);
            _call.MadeFor?.OnAnswered(LocalAnswer.Offer);
        }
        else if (Caller.Media.WriteOffer(LocalAnswer.Offer, out _) is { } sdp)
        {
            _call.OnServed(this);
            Caller.Accept(_call.Invite, sdp, OnLateAnswer);
        }
    }

    /// <summary>The caller changes the session: nobody else is to be asked.</summary>
    public void OnReinvite(ServerTransaction request)
    {
        var gateway = _call.Gateway;
        if (Caller.IsRefreshing)
        {
            // RFC 3261 §14.2: our own offer is not answered yet.
            gateway.Reply(request, 491);
            return;
        }

        if (Caller.AwaitsAck)
        {
            // RFC 3261 §14.2: the answer before is not acknowledged yet.
            gateway.Reply(request, 500, static w => w.Header(SipHeaderName.RetryAfter, 5));
            return;
        }

        if (Reinvite.WhyNot(request.Request, out var offer) is not 0 and var status)
        {
            gateway.Reply(request, status, status == 415 ? Abilities.WriteReadable : null);
            return;
        }

        var sdp = offer is null ? Caller.Media.WriteOffer(LocalAnswer.Offer, out _) : Agree(offer);
        if (sdp is null)
        {
            gateway.Reply(request, 488);
            return;
        }

        if (offer is not null)
            Play();
        if (request is InviteServerTransaction reinvite)
            Caller.Accept(reinvite, sdp, offer is null ? OnLateAnswer : null);
        else
            Caller.Accept(request, sdp);
    }

    /// <summary>Has the caller hear the service; what it hears already goes on.</summary>
    public void Play()
    {
        if (_isEcho)
        {
            Caller.Media.StopPlaying();
            Caller.Media.Relay.Echo();
        }
        else if (_call.TryFindSound(SoundKind.MusicOnHold, Play, out var music))
        {
            Caller.Media.Play(music, loops: true);
        }
    }

    private byte[]? Agree(SessionDescription offer) =>
        Caller.Media.MayHearOffer(offer)
        && LocalAnswer.TryAnswer(offer, IsG711, out _)
        && Caller.Media.HearOffer(offer, Caller.Flow.Remote.Address, relearn: true)
            ? WriteAnswer(offer)
            : null;

    private byte[]? WriteAnswer(SessionDescription offer) =>
        LocalAnswer.TryAnswer(offer, IsG711, out var answer) ? Caller.Media.WriteAnswer(answer, offer, out _) : null;

    private void Begin()
    {
        _call.OnServed(this);
        Play();
    }

    // RFC 6337 §2.3: what answers an offer in a 2xx can only be accepted, or the call ended.
    private void OnLateAnswer(SipMessage ack)
    {
        if (_call.IsOver)
            return;

        // Ours was G.711 alone: an answer without it agrees to nothing.
        if (CallMedia.Read(ack) is { } answer
            && LocalAnswer.TryAnswer(answer, isG711: true, out _)
            && Caller.Media.HearAnswer(answer, Caller.Flow.Remote.Address))
        {
            Play();
            return;
        }

        _call.ByeReason = ByeReasons.NoCommonCodec;
        _call.End(CallEnd.System, 200, "The caller's acknowledgement has no answer to our offer that can be agreed to.");
    }
}
