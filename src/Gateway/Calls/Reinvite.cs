using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// One party changes the session (RFC 3261 §14): hold, resume, another codec or address. The other party is asked by an INVITE of
/// ours, and its answer passes back; media follows only when both agree.
/// </summary>
internal sealed class Reinvite : IClientTransactionUser
{
    private readonly CallLeg _from;
    private readonly CallLeg _to;
    private readonly InviteServerTransaction _invite;
    private readonly SessionDescription? _offer;
    private InviteClientTransaction? _client;
    private uint _cseq;
    private bool _isAgreed;
    private bool _isDone;

    private Reinvite(CallLeg from, CallLeg to, InviteServerTransaction invite, SessionDescription? offer)
    {
        _from = from;
        _to = to;
        _invite = invite;
        _offer = offer;
    }

    /// <summary>The leg whose party asks for the change.</summary>
    public CallLeg From => _from;

    private LoopGateway Gateway => _from.Call.Gateway;

    public static void Begin(CallLeg from, InviteServerTransaction invite)
    {
        var gateway = from.Call.Gateway;
        if (from.Call.Service is { } service)
        {
            service.OnReinvite(invite);
            return;
        }

        if (!from.Call.IsAnswered || from.Peer is not { } to)
        {
            // RFC 3261 §14.2: the INVITE that opens the session is not answered yet.
            gateway.Reply(invite, 500, static w => w.Header(SipHeaderName.RetryAfter, 5));
            return;
        }

        if (from.Reinvite?._from == from && !from.AwaitsAck)
        {
            // RFC 3261 §14.2: a second INVITE before the answer to the first.
            gateway.Reply(invite, 500, static w => w.Header(SipHeaderName.RetryAfter, 5));
            return;
        }

        if (from.Reinvite is not null || from.AwaitsAck || to.AwaitsAck)
        {
            // RFC 3261 §14.2: glare, here also when the other party is just being asked something.
            gateway.Reply(invite, 491);
            return;
        }

        if (WhyNot(invite.Request, out var offer) is not 0 and var status)
        {
            gateway.Reply(invite, status, status == 415 ? Abilities.WriteReadable : null);
            return;
        }

        if (offer is not null && !from.Media.MayHearOffer(offer))
        {
            // Before the other party is asked: it would go on with what this one cannot.
            gateway.Reply(invite, 488);
            return;
        }

        new Reinvite(from, to, invite, offer).Ask();
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
        Fail(Translate(response.StatusCode));
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        _to.Dialog.Terminate();
        Fail(408);
    }

    public void OnTransportError(ClientTransaction transaction) => Fail(503);

    /// <summary>
    /// RFC 3261 §9: the party that asked takes it back. The other party decides: it may have agreed already, and then both have.
    /// </summary>
    public void OnCancel() => _client?.Cancel();

    /// <summary>The call ended meanwhile.</summary>
    public void OnCallOver()
    {
        if (_isDone)
            return;

        Gateway.Reply(_invite, 487);
        _client?.Cancel();
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
            Gateway.Reply(_invite, 488);
            return;
        }

        _from.Reinvite = _to.Reinvite = this;
        _invite.UserState = this;
        Gateway.Reply(_invite, 100);
        Write(sdp);
        if (_to.IsTooLong)
            SendByStream(sdp);
        else
            _client = (InviteClientTransaction)_to.Send(this);
    }

    private void Write(byte[]? sdp)
    {
        _cseq = _to.StartRequest(SipMethod.Invite);
        Gateway.WriteContact(Gateway.Writer, _to.Flow, _to.Dialog.NeedsSipsContact, _to.Destination);
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
        _client = (InviteClientTransaction)_to.Send(this);
    }

    private void OnAgreed(SipMessage response)
    {
        // A repeated 2xx gets its ACK by the transaction as soon as there is one.
        if (_isAgreed)
            return;

        _isAgreed = true;
        _to.Dialog.TakeResponse(response);
        var said = CallMedia.Read(response);
        if (_isDone || said is null)
        {
            Acknowledge(null);
            if (!_isDone)
                Fail(502);
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
        _from.Accept(_invite, sdp);
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
        _from.Accept(_invite, sdp, ack => OnLateAnswer(offer, ack));
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

    /// <summary>A far side's challenge or redirection is none of this party's business (threats: digest leak).</summary>
    private static int Translate(int status) => status switch
    {
        < 400 => 488,
        401 or 407 => 500,
        _ => status,
    };

    private void Acknowledge(byte[]? sdp)
    {
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

    private void SendAck() => _client!.Acknowledge(_to.Flow, _to.Dialog.RemoteTag, Gateway.Writer.Written);

    private static bool HearOffer(CallLeg leg, SessionDescription offer) =>
        leg.Media.HearOffer(offer, leg.Flow.Remote.Address, relearn: true);

    private static bool HearAnswer(CallLeg leg, SessionDescription answer) =>
        leg.Media.HearAnswer(answer, leg.Flow.Remote.Address, relearn: true);

    private void Fail(int status)
    {
        if (!_isDone)
        {
            Gateway.Reply(_invite, status);
            Finish();
        }

        // RFC 3261 §12.2.1.2: 481 and 408 end the dialog, and with it the call.
        if (_to.Dialog.State == DialogState.Terminated)
            _from.Call.End(CallEnd.System, 200, "A party does not know the call any more.", _to);
    }

    private void Finish()
    {
        _isDone = true;
        _from.Reinvite = _to.Reinvite = null;
    }
}
