using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// An INVITE with Replaces (RFC 3891): its sender takes a party's place in a call. That party's leg ends by BYE, the other one goes on and hears where
/// the sound is agreed anew.
/// </summary>
internal static class LegReplacement
{
    /// <summary>Takes the place, or refuses the INVITE as a call of its own, so that the books say why.</summary>
    public static void Begin(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted, ReplacesWish wish)
    {
        var sought = wish.In(admitted.Tenant.Id);
        var call = gateway.Context.Calls.Find(sought);
        var leg = call?.Gateway == gateway ? call.FindLeg(sought) : null;
        if ((leg is null ? NotFound : WhyNot(leg, wish) ?? Replace(leg, invite, admitted)) is { } refusal)
            CallSetup.Begin(gateway, invite, admitted, refusal);
    }

    private static Refusal NotFound => new(481, "The INVITE replaces a dialog that is not there.");

    /// <summary>Why a leg may not be replaced (RFC 3891 §3); null when it may.</summary>
    public static Refusal? WhyNot(CallLeg leg, ReplacesWish wish)
    {
        var call = leg.Call;
        if (call.IsOver || leg.Dialog.State == DialogState.Terminated)
            return new(603, "The dialog to be replaced is over.");
        // We did not begin it: a caller's, which is not answered.
        if (!call.IsAnswered)
            return new(481, "The dialog to be replaced is not answered yet, and not ours.");
        if (wish.IsEarlyOnly)
            return new(486, "The dialog was to be replaced before its answer only.");
        if (call.Service is not null || leg.Peer is null)
            return new(603, "The call is one with this server, and nobody's to take over.");
        if (call.IsBeingRecorded)
            return new(603, "The call is recorded, and goes on with those whom it began with.");

        return leg.IsChanging || leg.Peer.IsChanging || call.Transfer is { IsDone: false } ? new(491, "A change of the session to be taken over is under way.") : null;
    }

    private static Refusal? Replace(CallLeg old, InviteServerTransaction invite, AdmittedRequest admitted)
    {
        var call = old.Call;
        if (Entrant.Refusal(call, invite, out var offer) is { } refusal)
            return refusal;
        if (Dialog.CreateServer(invite.Request, invite.LocalTag) is not { } dialog)
            return new(400, "The INVITE has no Contact.");
        if (Entrant.Allocate(call, invite, admitted) is not { } media)
            return new(503, call.Media.Shortage);

        var target = Entrant.TargetOf(call, invite, admitted);
        var leg = new CallLeg(call, dialog, invite.Flow, media, old.Side) { Target = target };
        var isRecorded = call.IsRecordedWith(target);
        if (Agree(old, leg, offer!, isRecorded) is not { } agreed)
        {
            call.Media.Release(media);
            return new(488, "The parties have no sound in common that both may speak.");
        }

        invite.UserState = leg;
        if (isRecorded)
            old.Peer!.Media.DemandG711();
        call.OnReplaced(old, leg, $"{target.Party.Number} at {target.Party.Address} takes {old.Name}'s place (Replaces).");
        leg.Accept(invite, agreed.Answer);
        // It ended the call where the answer did not reach who takes the place.
        if (!call.IsOver)
            Realignment.Begin(leg.Peer!, agreed.Sound);
        return null;
    }

    /// <summary>The new party's answer, and what the one that stays is to be offered: one sound that both have.</summary>
    private static (byte[] Answer, SessionDescription Sound)? Agree(CallLeg old, CallLeg leg, SessionDescription offer, bool isRecorded)
    {
        var (call, peer) = (old.Call, old.Peer!);
        var isG711 = isRecorded || call.Admitted.IsOriginationOnly;
        if (isG711)
            leg.Media.DemandG711();
        return leg.Media.HearOffer(offer, leg.Flow.Remote.Address)
            && peer.Media.Said is { } said
            && JointAnswer.TryAgree(said, offer, isG711, out var toPeer, out var toLeg)
            && leg.Media.WriteAnswer(toLeg, offer, out _) is { } answer
            && peer.Media.Translate(toPeer, said)
                ? (answer, toLeg)
                : null;
    }
}
