using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Provisional responses to a caller that supports them reliably (RFC 3262 §3): one at a time, each repeated until its PRACK comes. The first one with
/// a description settles the session as far as the INVITE does (§5).
/// </summary>
internal sealed class ReliableRinging
{
    private readonly Call _call;
    private readonly ReliableProvisionals _numbers;
    private ILoopTimer? _timer;
    private byte[] _sent = [];
    private int _status;
    private bool _hasDescription;
    private (int Status, byte[]? Sdp, SessionDescription? Said)? _next;
    private byte[]? _session;
    private SessionDescription? _said;
    private Action<SessionDescription>? _onAnswer;
    private Action? _onAcknowledged;
    private bool _isOver;

    private ReliableRinging(Call call, uint inviteCSeq)
    {
        _call = call;
        _numbers = new(ReliableProvisionals.NewRSeq(), inviteCSeq, call.Gateway.Layer.Timers);
    }

    /// <summary>Whether the caller was given a description, an answer or an offer, so that no other may follow in a response to its INVITE.</summary>
    public bool HasSession { get; private set; }

    /// <summary>Whether no 2xx may be sent yet: a description waits for its PRACK (RFC 3262 §3).</summary>
    public bool MustWait => !_isOver && _hasDescription && _numbers.IsPending;

    /// <summary>Whether the caller takes none that is not reliable.</summary>
    public bool IsDemanded => OptionTags.Has(_call.Invite.Request, SipHeaderName.Require, "100rel"u8);

    /// <summary>For a caller that supports or requires them, and may send PRACK where it calls; else null.</summary>
    public static ReliableRinging? Of(Call call)
    {
        var invite = call.Invite.Request;
        return !call.Admitted.IsOriginationOnly && Knows(invite) && invite.TryGetCSeq(out var cseq, out _) ? new(call, cseq.Number) : null;
    }

    /// <summary>Whether this is the answer that the caller has.</summary>
    public bool HasSaid(ReadOnlySpan<byte> sdp) => sdp.SequenceEqual(_session);

    /// <summary>Tells the caller now, or after the PRACK that is awaited.</summary>
    /// <param name="status">101–199.</param>
    /// <param name="sdp">The answer to its offer; null for none. Of several the first counts (RFC 3261 §13.2.1).</param>
    /// <param name="said">What that was made of.</param>
    public void Tell(int status, byte[]? sdp, SessionDescription? said)
    {
        if (!_numbers.IsPending)
            Send(status, sdp, said);
        else
            // Of what waits the last counts, with a description that one before it had.
            _next = sdp is null && _next is { Sdp: not null } waiting ? waiting with { Status = status } : (status, sdp, said);
    }

    /// <summary>Passes a callee's offer, which the PRACK answers (RFC 3262 §5).</summary>
    public void Offer(int status, byte[] sdp, Action<SessionDescription> onAnswer)
    {
        _onAnswer = onAnswer;
        // Before it goes out: nobody else may offer meanwhile.
        HasSession = true;
        Tell(status, sdp, said: null);
    }

    /// <summary>Has something done when no description waits for its PRACK any more, or the call is over.</summary>
    public void OnAcknowledged(Action next) => _onAcknowledged = next;

    /// <summary>The INVITE has its 2xx, or is about to: what is not acknowledged is not sent again (RFC 3262 §3).</summary>
    public void OnAnswered()
    {
        _next = null;
        _timer?.Cancel();
        _numbers.Close();
    }

    /// <summary>The call is over.</summary>
    public void Stop()
    {
        _isOver = true;
        OnAnswered();
        Go();
    }

    /// <summary>Takes the caller's PRACK.</summary>
    public void OnPrack(CallLeg caller, ServerTransaction prack)
    {
        if (WhyNot(prack.Request) is not 0 and var status)
        {
            _call.Gateway.Reply(prack, status);
            return;
        }

        // Whatever else is wrong with it: the caller has the response, and acknowledges it no second time.
        _timer?.Cancel();
        _numbers.Acknowledge();
        var description = Reply(caller, prack);
        if (_hasDescription && _onAnswer is not null)
            OnAnswer(caller, description);
        if (_isOver)
            return;

        if (_onAcknowledged is not null)
            Go();
        else if (_next is { } next)
            SendNext(next.Status, next.Sdp, next.Said);
    }

    private int WhyNot(SipMessage prack) =>
        !prack.TryGet(SipHeaderName.RAck, out var value) || !RAckHeader.TryParse(value, out var rack, out _) ? 400 : _numbers.IsFor(rack) ? 0 : 481;

    /// <summary>
    /// Answers a PRACK of a response of ours. One whose body can't be read or agreed to is refused: the RFC's 2xx to every PRACK would have to end the audio to
    /// decline its offer (RFC 6337 §2.3).
    /// </summary>
    /// <returns>What it describes; null for nothing that can be read.</returns>
    private SessionDescription? Reply(CallLeg caller, ServerTransaction prack)
    {
        var gateway = _call.Gateway;
        if (Reinvite.WhyNot(prack.Request, out var description) is not 0 and var status)
        {
            gateway.Reply(prack, status, status == 415 ? Abilities.WriteReadable : null);
            return null;
        }

        // RFC 3262 §5: what answers no offer of ours is an offer, which the 2xx answers.
        byte[]? sdp = null;
        var isOffer = description is not null && _session is not null && _onAnswer is null;
        if (isOffer && (sdp = Answer(caller, description!)) is null)
            gateway.Reply(prack, 488);
        else
            Confirm(prack, sdp);
        return description;
    }

    private void Send(int status, byte[]? sdp, SessionDescription? said)
    {
        // RFC 3261 §13.2.1: the first description counts, and what differs from it would be no answer.
        var description = _session is null ? sdp : null;
        if (!_numbers.TrySend(out var rseq))
            return;

        _call.WriteProvisional(status, description, rseq);
        (_status, _hasDescription, _sent) = (status, description is not null, _call.Gateway.Writer.Written.ToArray());
        if (description is not null)
            (_session, _said, HasSession) = (description, said, true);
        _call.Invite.Respond(status, _sent);
        Schedule();
    }

    private void SendNext(int status, byte[]? sdp, SessionDescription? said)
    {
        _next = null;
        Send(status, sdp, said);
    }

    private void Schedule() =>
        _timer = _call.Gateway.Loop.Schedule(_numbers.Wait, static self => ((ReliableRinging)self!).OnSilence(), this);

    private void OnSilence()
    {
        if (_numbers.TryRepeat())
        {
            _call.Invite.Respond(_status, _sent);
            Schedule();
            return;
        }

        // RFC 3262 §3: after 64*T1 the INVITE is refused with a 5xx.
        _call.Refuse(504, "The caller did not acknowledge what it was told of its call's progress (PRACK).");
    }

    /// <summary>
    /// The caller's further offer, answered by what it was answered before: it may be somewhere else or speak less, and the callee need not know. Null
    /// when that cannot be agreed to.
    /// </summary>
    private byte[]? Answer(CallLeg caller, SessionDescription offer)
    {
        if (_call.IsAnswered || _said is not { } said || !caller.Media.MayHearOffer(offer)
            || !caller.Media.HearOffer(offer, caller.Flow.Remote.Address, relearn: true)
            || caller.Media.WriteAnswer(said, offer, out _) is not { } sdp)
        {
            return null;
        }

        _call.Offer = offer;
        _session = sdp;
        return sdp;
    }

    private void OnAnswer(CallLeg caller, SessionDescription? answer)
    {
        var onAnswer = _onAnswer!;
        _onAnswer = null;
        if (answer is null || !caller.Media.HearAnswer(answer, caller.Flow.Remote.Address))
        {
            _call.Refuse(488, "The caller's PRACK has no answer to the callee's offer that can be agreed to.");
            return;
        }

        // Whoever else is called from now on is offered what the caller has agreed to.
        _call.Offer = answer;
        onAnswer(answer);
    }

    private void Confirm(ServerTransaction prack, byte[]? sdp)
    {
        var gateway = _call.Gateway;
        gateway.StartReply(prack, 200);
        if (sdp is null)
            gateway.Writer.End();
        else
            gateway.Writer.Body("application/sdp"u8, sdp);
        prack.Respond(200, gateway.Writer.Written);
    }

    private void Go()
    {
        var next = _onAcknowledged;
        (_onAcknowledged, _next) = (null, null);
        next?.Invoke();
    }

    private static bool Knows(SipMessage invite) =>
        OptionTags.Has(invite, SipHeaderName.Supported, "100rel"u8) || OptionTags.Has(invite, SipHeaderName.Require, "100rel"u8);
}
