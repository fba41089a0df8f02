using TekSipCloud.Contracts.Calls;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <content>What the caller hears before the answer (RFC 3261 §13.3.1.1), and the answer to its INVITE.</content>
internal sealed partial class Call
{
    /// <summary>Sees to it that the caller hears of it for certain (RFC 3262); null for one that does not know how.</summary>
    public ReliableRinging? Reliable { get; }

    /// <summary>Whether the caller was told where early media is, so that no other answer may follow but the last (RFC 6337 §3.1).</summary>
    public bool HasEarlyMedia { get; private set; }

    /// <summary>A candidate rings: the caller hears so, and early media as far as there is some.</summary>
    /// <param name="candidate">Who rings.</param>
    /// <param name="status">As it says.</param>
    /// <param name="early">Where its early media is; null for none.</param>
    public void OnRinging(Candidate candidate, int status, SessionDescription? early)
    {
        if (IsOver || IsAnswered)
            return;

        Tell(status, early is null ? null : HearEarly(candidate, early), early);
        NoteRinging(candidate, status);
    }

    /// <summary>
    /// A candidate offers before it answers, since the caller's INVITE has no offer: the caller hears that reliably, and answers in its PRACK (RFC 3262
    /// §5). False when it cannot be asked: it has been asked by another one, or nothing of the offer can be carried.
    /// </summary>
    /// <param name="candidate">Who offers.</param>
    /// <param name="status">Of its response.</param>
    /// <param name="offer">What it offers.</param>
    /// <param name="onAnswer">Hears the caller's answer.</param>
    public bool TryPassOffer(Candidate candidate, int status, SessionDescription offer, Action<SessionDescription> onAnswer)
    {
        if (IsOver || IsAnswered || Caller is not { } caller || Reliable is not { HasSession: false } reliable)
            return false;

        if (IsG711With(candidate.Target))
            caller.Media.DemandG711();
        if (!candidate.Media!.HearOffer(offer, candidate.Flow!.Remote.Address) || caller.Media.WriteOffer(offer, out _) is not { } sdp)
            return false;

        HasEarlyMedia = true;
        reliable.Offer(status, sdp, onAnswer);
        NoteRinging(candidate, status);
        return true;
    }

    /// <summary>Tells the caller that its call goes to somebody else than it dialled (RFC 3261 §21.1.2), not to whom.</summary>
    public void TellForwarded()
    {
        if (!IsOver && !IsAnswered)
            Tell(181, sdp: null, said: null);
    }

    /// <summary>Tells the caller where it hears us before a final answer (RFC 3960 §3.2).</summary>
    /// <param name="sdp">The answer to its offer.</param>
    /// <param name="said">What that was made of.</param>
    public void Progress(byte[] sdp, SessionDescription said)
    {
        HasEarlyMedia = true;
        Tell(183, sdp, said);
    }

    /// <summary>Writes a provisional response to the caller.</summary>
    /// <param name="status">101–199.</param>
    /// <param name="sdp">Its description; null for none.</param>
    /// <param name="rseq">Its number; 0 where it is not sent reliably.</param>
    public void WriteProvisional(int status, byte[]? sdp, uint rseq)
    {
        var writer = Gateway.Writer;
        Gateway.StartReply(Invite, status);
        Gateway.WriteContact(writer, Invite.Flow, Caller is { Dialog.NeedsSipsContact: true }, Caller?.Destination);
        if (rseq != 0)
        {
            // RFC 3262 §3
            writer.Header(SipHeaderName.Require, "100rel"u8);
            writer.Header(SipHeaderName.RSeq, rseq);
        }

        if (sdp is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, sdp);
    }

    /// <summary>A callee has answered, and the caller can't be told yet: what the callee asks for meanwhile is heard, and its BYE ends the call.</summary>
    public void Await(CallLeg callee)
    {
        Callee = callee;
        Gateway.Add(callee);
    }

    /// <summary>
    /// Answers the caller's INVITE with 200. Who has had an answer to its offer reliably gets none in that (RFC 3261 §13.2.1): where another sound was
    /// agreed on since, because somebody else answers, it is offered after the ACK.
    /// </summary>
    /// <param name="sdp">The answer to its offer.</param>
    /// <param name="said">What that was made of.</param>
    public void AcceptCaller(byte[] sdp, SessionDescription said)
    {
        var caller = Caller!;
        if (Reliable is not { HasSession: true } reliable)
            caller.Accept(Invite, sdp);
        else if (reliable.HasSaid(sdp))
            caller.Accept(Invite, null);
        else
            AcceptAndRealign(caller, said);
    }

    // By itself: what the lambda captures is made where a method begins, and most calls have no use for it.
    private void AcceptAndRealign(CallLeg caller, SessionDescription said) => caller.Accept(Invite, null, _ => Realign(caller, said));

    private void Realign(CallLeg caller, SessionDescription said)
    {
        if (!IsOver)
            Realignment.Begin(caller, said);
    }

    private void Tell(int status, byte[]? sdp, SessionDescription? said)
    {
        if (Reliable is { } reliable && (Offer is not null || sdp is not null || reliable.HasSession))
        {
            reliable.Tell(status, sdp, said);
            return;
        }

        // RFC 3261 §13.2.1: to an INVITE without an offer the first reliable response has one.
        if (Reliable is { IsDemanded: true })
            return;

        WriteProvisional(status, sdp, rseq: 0);
        Invite.Respond(status, Gateway.Writer.Written);
    }

    private void NoteRinging(Candidate candidate, int status)
    {
        if (Summary.State == CallState.Ringing)
            return;

        Summary = Summary with { State = CallState.Ringing };
        Log.Add("ringing", candidate.DescribeRinging(status));
        Gateway.Context.Outbox.Progress(Entry, Summary);
    }

    private byte[]? HearEarly(Candidate candidate, SessionDescription early)
    {
        // Until somebody answers, who is transferred hears whom it heard before.
        if (MadeFor is not null || Offer is null || Caller is null)
            return null;

        candidate.Early = early;
        // The first to send early media is heard until somebody answers, or it fails: two voices at once help nobody.
        if (_fork?.EarlyCandidate is { } other && other != candidate)
            return null;
        if (!candidate.Media!.HearAnswer(early, candidate.Flow!.Remote.Address) || Caller.Media.WriteAnswer(early, Offer, out _) is not { } answer)
            return null;

        if (_fork is not null)
            _fork.EarlyCandidate = candidate;
        Media.Join(Caller.Media, candidate.Media);
        HasEarlyMedia = true;
        return answer;
    }
}
