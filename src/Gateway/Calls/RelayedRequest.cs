using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A request within the call (INFO, MESSAGE, NOTIFY, OPTIONS, REFER) passed to the other party, whose answer passes back.</summary>
internal sealed class RelayedRequest : IClientTransactionUser
{
    private readonly CallLeg _from;
    private readonly CallLeg _to;
    private readonly ServerTransaction _request;
    private bool _isAnswered;

    private RelayedRequest(CallLeg from, CallLeg to, ServerTransaction request)
    {
        _from = from;
        _to = to;
        _request = request;
    }

    public static void Begin(CallLeg from, CallLeg to, ServerTransaction request)
    {
        var relayed = new RelayedRequest(from, to, request);
        from.Passing++;
        to.Passing++;
        relayed.Write();
        // RFC 3428 §8: no MESSAGE of more than 1300 octets goes by UDP, and a phone has no other way than its flow.
        if (request.Request.Method == SipMethod.Message && to.IsTooLongForFlow)
            relayed.RefuseLong();
        else if (to.IsTooLong)
            _ = to.SendByStream(relayed.SendLong, () => relayed.Reply(500));
        else
            to.Send(relayed);
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        _to.Dialog.TakeResponse(response);
        // That one which was replaced meanwhile does not know the call would end this party's dialog (RFC 3261 §12.2.1.2).
        var status = response.StatusCode == 481 && !_to.IsParty ? 500 : DialogStatus.Outward(response.StatusCode);
        if (status == response.StatusCode)
            PassBack(response);
        else
            Reply(status);
        EndIfGone();
    }

    public void OnTimeout(ClientTransaction transaction)
    {
        _to.Dialog.Terminate();
        Reply(DialogStatus.Silent);
        EndIfGone();
    }

    public void OnTransportError(ClientTransaction transaction) => Reply(DialogStatus.Unreachable);

    private void Write()
    {
        var writer = _from.Call.Gateway.Writer;
        var request = _request.Request;
        var number = _to.StartRequest(request.Method);
        if (request.Method == SipMethod.Refer)
        {
            WriteContact(_to);
            ReferredBy.Write(writer, _from, _to);
            (_to.PassedRefers ??= new()).Add(number, request);
        }

        var hasEvent = _from.PassedRefers?.TryWriteEvent(writer, request) is true;
        DialogHeaders.CopyRequest(writer, request, isHidden: _from == _from.Call.Caller && _from.Call.Identity.IsHidden, hasEvent);
    }

    private void PassBack(SipMessage response)
    {
        Settle();
        var gateway = _from.Call.Gateway;
        gateway.StartReply(_request, response.StatusCode);
        if (_request.Request.Method == SipMethod.Refer && response.StatusCode < 300)
            WriteContact(_from);
        DialogHeaders.CopyResponse(gateway.Writer, _request.Request.Method, response);
        _request.Respond(response.StatusCode, gateway.Writer.Written);
    }

    /// <summary>RFC 3515 §2.2: REFER and its 2xx have one.</summary>
    private static void WriteContact(CallLeg leg) =>
        leg.Call.Gateway.WriteContact(leg.Call.Gateway.Writer, leg.Flow, leg.Dialog.NeedsSipsContact, leg.Destination);

    private void RefuseLong()
    {
        _to.TakeBack();
        Reply(513);
    }

    private void SendLong()
    {
        if (_from.Call.IsOver || !_to.IsParty)
        {
            Reply(480);
            return;
        }

        Write();
        _to.Send(this);
    }

    /// <summary>RFC 3261 §12.2.1.2: 481, 408 and silence end the dialog, and with it the call.</summary>
    private void EndIfGone()
    {
        if (_to.Dialog.State == DialogState.Terminated)
            _from.Call.OnGone(_to);
    }

    private void Reply(int status)
    {
        Settle();
        _from.Call.Gateway.Reply(_request, status);
    }

    /// <summary>The request has its answer; what failed after it was sent may say so twice.</summary>
    private void Settle()
    {
        if (_isAnswered)
            return;

        _isAnswered = true;
        _from.Passing--;
        _to.Passing--;
    }
}
