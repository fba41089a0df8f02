using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Answers a call that rings by the INVITE of another party: both are callers towards us, and each one's offer is answered by the other's.
/// </summary>
internal sealed class RingingTakeOver
{
    private readonly Call _call;
    private readonly InviteServerTransaction _invite;
    private readonly SessionDescription _offer;
    private readonly CallLeg _leg;
    private readonly CallParty _party;

    private RingingTakeOver(Call call, InviteServerTransaction invite, SessionDescription offer, CallLeg leg)
    {
        _call = call;
        _invite = invite;
        _offer = offer;
        _leg = leg;
        _party = leg.Target!.Party;
    }

    /// <summary>Takes the call over; else says why not, and the INVITE is not answered yet.</summary>
    /// <param name="call">The call that rings, of this loop.</param>
    /// <param name="invite">The INVITE that takes it.</param>
    /// <param name="admitted">Who sent that.</param>
    /// <param name="line">What the call's decision log says of it.</param>
    public static Refusal? Refusal(Call call, InviteServerTransaction invite, AdmittedRequest admitted, string line)
    {
        if (Entrant.Refusal(call, invite, out var offer) is { } refusal)
            return refusal;
        if (call.Offer is null)
            return new(488, "The caller makes no offer, so that nothing can be agreed on at once.");
        // RFC 3262 §3: no 2xx to it yet.
        if (call.Reliable is { MustWait: true })
            return new(491, "The caller has not acknowledged yet where its early media is (PRACK).");
        if (Dialog.CreateServer(invite.Request, invite.LocalTag, DialogState.Early) is not { } dialog)
            return new(400, "The INVITE has no Contact.");
        if (Entrant.Allocate(call, invite, admitted) is not { } media)
            return new(503, call.Media.Shortage);

        var target = Entrant.TargetOf(call, invite, admitted);
        var leg = new CallLeg(call, dialog, invite.Flow, media, CallEnd.Callee) { Target = target };
        if (new RingingTakeOver(call, invite, offer!, leg).TryAnswer(line))
            return null;

        call.Media.Release(media);
        return new(488, "The caller and the party that takes the call have no sound in common that both may speak.");
    }

    private bool TryAnswer(string line)
    {
        var caller = _call.Caller!;
        var isG711 = _call.IsG711With(_leg.Target!);
        if (isG711)
            _leg.Media.DemandG711();
        if (!_leg.Media.HearOffer(_offer, _invite.Flow.Remote.Address)
            || !JointAnswer.TryAgree(_call.Offer!, _offer, isG711, out var toCaller, out var toTaker)
            || _leg.Media.WriteAnswer(toTaker, _offer, out _) is not { } answer
            || caller.Media.WriteAnswer(toCaller, _call.Offer!, out _) is not { } callerAnswer)
        {
            return false;
        }

        if (isG711)
            caller.Media.DemandG711();
        Connect(callerAnswer, toTaker, answer, line);
        _call.MadeFor?.OnAnswered(toTaker);
        return true;
    }

    private void Connect(byte[] callerAnswer, SessionDescription sound, byte[] answer, string line)
    {
        var gateway = _call.Gateway;
        gateway.Add(_leg);
        _invite.UserState = _leg;
        _call.NoteCallee(_invite.Flow, _invite.Request.CallId, _party);
        _call.OnTakenOver(_leg, _party, line);
        _call.AcceptCaller(callerAnswer, sound);
        // It ended the call where the caller's connection was lost: nobody is there any more.
        if (_call.IsOver)
            gateway.Reply(_invite, 480);
        else
            _leg.Accept(_invite, answer);
    }
}
