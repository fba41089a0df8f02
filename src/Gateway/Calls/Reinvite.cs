using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// One party changes the session by a re-INVITE (RFC 3261 §14) or an UPDATE (RFC 3311): hold, resume, another codec or address. The other
/// party is asked by a request of ours, and its answer passes back; media follows only when both agree.
/// </summary>
internal sealed partial class Reinvite : IClientTransactionUser
{
    private readonly CallLeg _from;
    private readonly CallLeg _to;
    private readonly ServerTransaction _request;
    private readonly SessionDescription? _offer;
    private bool _asksByUpdate;
    private ClientTransaction? _client;
    private uint _cseq;
    private bool _isAgreed;
    private bool _isDone;

    private Reinvite(CallLeg from, CallLeg to, ServerTransaction request, SessionDescription? offer)
    {
        _from = from;
        _to = to;
        _request = request;
        _asksByUpdate = to.AllowsUpdate;
        _offer = offer;
        _arrived = Gateway.Context.Clock.GetTimestamp();
    }

    /// <summary>The leg whose party asks for the change.</summary>
    public CallLeg From => _from;

    private LoopGateway Gateway => _from.Call.Gateway;

    public static void Begin(CallLeg from, ServerTransaction request)
    {
        var gateway = from.Call.Gateway;
        if (SessionTerms.Refusal(request.Request, gateway.Context.Options) is not 0 and var refusal)
        {
            // RFC 4028 §9
            gateway.Reply(request, refusal, refusal == 422 ? gateway.WriteMinSe : null);
            return;
        }

        if (request is not InviteServerTransaction && request.Request.Body.IsEmpty)
        {
            // RFC 3311 §5.2: it says where the party is, or that it is still there, and asks the other one for nothing.
            from.Accept(request, sdp: null);
            return;
        }

        if (from.Call.Service is { } service)
        {
            service.OnReinvite(request);
            return;
        }

        if (IsUntimely(from, request) || from.Peer is not { } to)
            return;

        if (WhyNot(request.Request, out var offer) is not 0 and var status)
        {
            gateway.Reply(request, status, status == 415 ? Abilities.WriteReadable : null);
            return;
        }

        if (offer is not null && !from.Media.MayHearOffer(offer))
        {
            // Before the other party is asked: it would go on with what this one cannot.
            gateway.Reply(request, 488);
            return;
        }

        new Reinvite(from, to, request, offer).Ask();
    }

    /// <summary>Answers an offer for which it is not the time: one is on its way already (RFC 3261 §14.2, RFC 3311 §5.2).</summary>
    private static bool IsUntimely(CallLeg from, ServerTransaction request)
    {
        var gateway = from.Call.Gateway;
        if (from.IsRinging && from.Call.Offer is not null)
        {
            // RFC 3311 §5.2: our offer in the INVITE is not answered yet.
            gateway.Reply(request, 491);
            return true;
        }

        // The INVITE that opens the session is not answered yet, or it is the second offer before the answer to the first.
        if (!from.Call.IsAnswered || from.Peer is not { } to || (from.Reinvite?._from == from && !from.AwaitsAck))
        {
            gateway.Reply(request, 500, static w => w.Header(SipHeaderName.RetryAfter, 5));
            return true;
        }

        // Glare, here also when the other party is just being asked something, or is about to give its place away.
        var isGlare = from.IsChanging || to.IsChanging || from.Call.Transfer is TransferPlace { IsDone: false };
        if (isGlare)
            gateway.Reply(request, 491);
        return isGlare;
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 300)
        {
            OnAgreed(response);
            return;
        }

        _to.Dialog.TakeResponse(response);
        if (!_isDone && AsksByUpdate && response.StatusCode is (405 or 501))
            AskByInvite();
        else
            Fail(Translate(response.StatusCode));
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        _to.Dialog.Terminate();
        Fail(DialogStatus.Silent);
    }

    public void OnTransportError(ClientTransaction transaction) => Fail(DialogStatus.Unreachable);

    /// <summary>
    /// RFC 3261 §9: the party that asked takes it back. The other party decides: it may have agreed already, and then both have.
    /// </summary>
    public void OnCancel() => (_client as InviteClientTransaction)?.Cancel();

    /// <summary>The call ended meanwhile.</summary>
    public void OnCallOver()
    {
        if (_isDone)
            return;

        Gateway.Reply(_request, 487);
        OnCancel();
        Finish();
    }

    public static int WhyNot(SipMessage request, out SessionDescription? offer)
    {
        offer = null;
        if (!RequestChecks.HasReadableBody(request))
            return 415;

        offer = request.Body.IsEmpty ? null : CallMedia.Read(request);
        return offer is null && !request.Body.IsEmpty ? 400 : 0;
    }

    private void Ask()
    {
        byte[]? sdp = null;
        MusicOnHold.Prepare(_from, _to);
        if (_offer is not null && (sdp = _to.Media.WriteOffer(_offer, out _)) is null)
        {
            Gateway.Reply(_request, 488);
            return;
        }

        _from.Reinvite = _to.Reinvite = this;
        _request.UserState = this;
        if (!IsUpdate)
            Gateway.Reply(_request, 100);
        else if (!AsksByUpdate)
            LimitAsking();
        Send(sdp);
    }

    private void Send(byte[]? sdp)
    {
        Write(sdp);
        if (_to.IsTooLong)
            SendByStream(sdp);
        else
            _client = _to.Send(this);
    }

    private void Write(byte[]? sdp)
    {
        _cseq = _to.StartRequest(AsksByUpdate ? SipMethod.Update : SipMethod.Invite);
        Gateway.WriteContact(Gateway.Writer, _to.Flow, _to.Dialog.NeedsSipsContact, _to.Destination);
        _to.WriteSession();
        if (sdp is null)
            Gateway.Writer.End();
        else
            Gateway.Writer.Body("application/sdp"u8, sdp);
    }

    // By itself: what the lambdas capture is made where a method begins, and short requests have no use for it.
    private void SendByStream(byte[]? sdp) => _ = _to.SendByStream(() => SendLong(sdp), () => Fail(500));

    private void SendLong(byte[]? sdp)
    {
        if (_isDone)
            return;

        Write(sdp);
        _client = _to.Send(this);
    }

    private void OnAgreed(SipMessage response)
    {
        // A repeated 2xx gets its ACK by the transaction as soon as there is one.
        if (_isAgreed)
            return;

        _isAgreed = true;
        _to.Dialog.TakeResponse(response);
        if (!_isDone)
            _to.TakeSession(response);
        var said = CallMedia.Read(response);
        if (_isDone || said is null)
        {
            Acknowledge(null);
            if (!_isDone)
                Fail(502);
            else
                Release();
        }
        else if (_offer is not null)
        {
            Acknowledge(null);
            Settle(_offer, said);
        }
        else
        {
            PassOffer(said);
        }
    }

    private void Settle(SessionDescription offer, SessionDescription answer)
    {
        if (!HearAnswer(_to, answer) || !HearOffer(_from, offer) || _from.Media.WriteAnswer(answer, offer, out _) is not { } sdp)
        {
            Fail(488);
            return;
        }

        Finish();
        MusicOnHold.Review(_from, _to);
        if (_request is InviteServerTransaction invite)
            _from.Accept(invite, sdp);
        else
            _from.Accept(_request, sdp);
    }

    /// <summary>The asking party made no offer: the other party's goes to it in the 200, and its answer comes in the ACK (§14.2).</summary>
    private void PassOffer(SessionDescription offer)
    {
        if (!HearOffer(_to, offer) || _from.Media.WriteOffer(offer, out _) is not { } sdp)
        {
            Acknowledge(null);
            Fail(488);
            return;
        }

        _to.OwedAck = () => Acknowledge(null);
        _from.Accept((InviteServerTransaction)_request, sdp, ack => OnLateAnswer(offer, ack));
    }

    private void OnLateAnswer(SessionDescription offer, SipMessage ack)
    {
        if (_isDone)
            return;

        var answer = CallMedia.Read(ack);
        _to.OwedAck = null;
        var isHeard = answer is not null && HearAnswer(_from, answer);
        Acknowledge(isHeard ? _to.Media.WriteAnswer(answer!, offer, out _) : null);
        Finish();
        MusicOnHold.Review(_from, _to);
    }

    /// <summary>A far side's redirection is none of this party's business.</summary>
    private static int Translate(int status) => status switch
    {
        < 400 => 488,
        // RFC 4028 §7.3: what its session's time has to be is between it and us.
        422 => 500,
        _ => DialogStatus.Outward(status),
    };

    private void Acknowledge(byte[]? sdp)
    {
        if (AsksByUpdate)
            return;

        WriteAck(sdp);
        if (_to.IsTooLong)
            AcknowledgeByStream(sdp);
        else
            SendAck();
    }

    private void AcknowledgeByStream(byte[]? sdp) => _ = _to.AcknowledgeByStream(() =>
    {
        WriteAck(sdp);
        SendAck();
    });

    private void WriteAck(byte[]? sdp)
    {
        var writer = Gateway.Writer;
        _to.Dialog.StartAck(writer, _to.Flow, Gateway.Ids.NewBranch(), _cseq);
        if (sdp is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, sdp);
    }

    private void SendAck() => ((InviteClientTransaction)_client!).Acknowledge(_to.Flow, _to.Dialog.RemoteTag, Gateway.Writer.Written);

    private static bool HearOffer(CallLeg leg, SessionDescription offer) =>
        leg.Media.HearOffer(offer, leg.Flow.Remote.Address, relearn: true);

    private static bool HearAnswer(CallLeg leg, SessionDescription answer) =>
        leg.Media.HearAnswer(answer, leg.Flow.Remote.Address, relearn: true);

    private void Fail(int status)
    {
        if (!_isDone)
        {
            Gateway.Reply(_request, status);
            Finish();
        }

        Release();
        // RFC 3261 §12.2.1.2: 481 and 408 end the dialog, and with it the call.
        if (_to.Dialog.State == DialogState.Terminated)
            _from.Call.OnGone(_to);
    }

    private void Finish()
    {
        _isDone = true;
        _limit?.Cancel();
        _from.Reinvite = _to.Reinvite = null;
    }
}
