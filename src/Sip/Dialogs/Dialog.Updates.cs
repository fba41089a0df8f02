using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <content>What messages of the peer change.</content>
public sealed partial class Dialog
{
    /// <summary>
    /// Takes a request of the peer into the order of the dialog, and its Contact if it refreshes the target (RFC 3261 §12.2.2). False when its CSeq
    /// is not higher than the last: answer 500. ACK and CANCEL have no number of their own and are not taken here.
    /// </summary>
    public bool TryTakeRequest(SipMessage request)
    {
        if (!request.TryGetCSeq(out var cseq, out _))
            return false;

        // RFC 3261 §12.2.2: a lower number is out of order. An equal one is no retransmission (its transaction would have taken it).
        if (RemoteCSeq is { } last && cseq.Number <= last)
            return false;

        RemoteCSeq = cseq.Number;
        if (RefreshesTarget(request.Method))
            Refresh(request);
        return true;
    }

    /// <summary>
    /// Takes a response to a request of this dialog: a 2xx confirms an early dialog and sets its route set anew (RFC 3261 §13.2.2.4), a 2xx to a
    /// target refresh request brings the new target (§12.2.1.2), and 481 or 408 end the dialog (§12.2.1.2). Responses of other dialogs (another To
    /// tag: a fork) are for <see cref="CreateClient"/>.
    /// </summary>
    public void TakeResponse(SipMessage response)
    {
        if (response.StatusCode is 481 or 408)
        {
            Terminate();
            return;
        }

        if (response.StatusCode is < 200 or >= 300 || State == DialogState.Terminated)
            return;

        if (State == DialogState.Early && response.Method == SipMethod.Invite)
            Confirm(response);
        if (RefreshesTarget(response.Method))
            Refresh(response);
    }

    /// <summary>Confirms the callee's end when its 2xx goes out.</summary>
    public void Confirm()
    {
        if (State == DialogState.Early)
            State = DialogState.Confirmed;
    }

    private void Confirm(SipMessage response)
    {
        State = DialogState.Confirmed;
        _routes = ReversedRoutes(response);
    }

    private void Refresh(SipMessage message)
    {
        if (TryGetTarget(message, out var target) && !target.SequenceEqual(RemoteTarget))
            _movedTarget = target.ToArray();
    }

    // RFC 3261 §6 "target refresh request", RFC 3311 §5.1, RFC 6665 §4.4.1 and RFC 3515 §2.4.
    private static bool RefreshesTarget(SipMethod method) =>
        method is SipMethod.Invite or SipMethod.Update or SipMethod.Subscribe or SipMethod.Notify or SipMethod.Refer;
}
