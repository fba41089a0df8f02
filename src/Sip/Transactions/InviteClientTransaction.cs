using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>An INVITE of ours (RFC 3261 §17.1.1, RFC 6026 §7.2), with its CANCEL (RFC 3261 §9.1).</summary>
public sealed class InviteClientTransaction : ClientTransaction
{
    private TimeSpan _interval;
    private bool _isCancelWanted;
    private ReadOnlyMemory<byte> _cancelReason;

    internal InviteClientTransaction(
        TransactionLayer layer, SipFlow flow, SipMessage request, TransactionKey key, IClientTransactionUser user)
        : base(layer, flow, request.Bytes, key, user, request)
    {
        State = TransactionState.Calling;
        _interval = Timers.T1;
    }

    /// <summary>Whether a CANCEL was sent.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>
    /// Gives the call up: sends a CANCEL now, or as soon as a provisional response allows it (RFC 3261 §9.1). The INVITE still ends by a final
    /// response (487, or a 2xx that crossed), time-out or transport error. Does nothing once a final response has come.
    /// </summary>
    /// <param name="reason">Value of a Reason header (RFC 3326) for the CANCEL, such as <c>SIP;cause=200</c>; empty for none.</param>
    public void Cancel(ReadOnlyMemory<byte> reason = default)
    {
        if (_isCancelWanted || State is not (TransactionState.Calling or TransactionState.Proceeding))
            return;

        _isCancelWanted = true;
        _cancelReason = reason;
        if (State == TransactionState.Proceeding)
            SendCancel();
    }

    /// <summary>
    /// Sends the ACK of a 2xx, and sends it again whenever that 2xx is repeated (RFC 3261 §13.2.2.4), without asking the user.
    /// </summary>
    /// <param name="flow">The way of requests in the dialog.</param>
    /// <param name="remoteTag">The tag of the 2xx's To, which tells it from those of other forks.</param>
    /// <param name="ack">The whole ACK; copied.</param>
    /// <param name="isLast">Whether the user is done with this transaction: a 2xx of another fork then goes to
    /// <see cref="ITransactionUser.OnOtherAnswer"/>, and <see cref="ClientTransaction.Request"/> is empty.</param>
    /// <returns>False when the flow did not take it; it is repeated all the same.</returns>
    public bool Acknowledge(SipFlow flow, ReadOnlySpan<byte> remoteTag, ReadOnlySpan<byte> ack, bool isLast = true)
    {
        if (State == TransactionState.Accepted && !IsOver)
        {
            if (isLast)
            {
                Finish(LimitAt, new() { Kind = FinishedKind.Acknowledged, Flow = flow, Tag = remoteTag, Message = ack });
                LetRequestGo();
            }
            else
            {
                Layer.KeepFork(Key.Bytes, LimitAt, new() { Kind = FinishedKind.Fork, Flow = flow, Tag = remoteTag, Message = ack });
            }
        }

        return flow.Send(ack);
    }

    internal override void Begin()
    {
        // RFC 3261 §17.1.1.2: timer B on every transport, timer A on unreliable ones.
        StartLimit(Timers.Timeout);
        if (!Flow.IsReliable)
            StartRetransmission(_interval);
        if (!SendRequest())
            FailLater();
    }

    internal override void OnResponse(SipMessage response)
    {
        switch (response.StatusCode)
        {
            case < 200:
                OnProvisional(response);
                break;
            case < 300:
                OnAccepted(response);
                break;
            default:
                OnRefused(response);
                break;
        }
    }

    internal override void OnTransportError()
    {
        // After the final response its user has nothing more to hear.
        if (State == TransactionState.Accepted)
            Terminate();
        else if (!IsOver)
            FailTransport();
    }

    private protected override void OnRetransmissionTimer()
    {
        // RFC 3261 §17.1.1.2: timer A doubles without a bound, and only in Calling.
        _interval *= 2;
        StartRetransmission(_interval);
        if (!SendRequest())
            OnTransportError();
    }

    private protected override void OnLimitTimer()
    {
        // Timer M (RFC 6026) ends what has done its work; B, and 64*T1 after CANCEL, are time-outs.
        if (State == TransactionState.Accepted)
            Terminate();
        else
            FailTimeout();
    }

    private void OnProvisional(SipMessage response)
    {
        if (State == TransactionState.Calling)
        {
            State = TransactionState.Proceeding;
            StopRetransmission();
            StopLimit();
            if (_isCancelWanted)
                SendCancel();
        }

        if (State == TransactionState.Proceeding)
            User.OnProvisional(this, response);
    }

    private void OnAccepted(SipMessage response)
    {
        if (State is TransactionState.Calling or TransactionState.Proceeding)
        {
            State = TransactionState.Accepted;
            StopRetransmission();
            // RFC 6026 §7.2: timer M is 64*T1 on every transport.
            StartLimit(Timers.Timeout);
        }

        // RFC 6026 §7.2: every 2xx passes to the user, until it has acknowledged it.
        if (!Layer.AcknowledgeAgain(Key.Bytes, response))
            User.OnFinal(this, response);
    }

    private void OnRefused(SipMessage response)
    {
        // RFC 6026 §7.2: a refusal after a 2xx is none of this machine's.
        if (State == TransactionState.Accepted)
            return;

        State = TransactionState.Completed;
        SipRequest.WriteAck(Layer.Writer, Request, response);
        var ack = Layer.Writer.Written;
        Flow.Send(ack);
        // RFC 3261 §17.1.1.2: timer D is at least 32 s on unreliable transports, zero on reliable ones.
        if (Flow.IsReliable)
            Terminate();
        else
            Finish(Layer.Loop.Elapsed + Timers.D.Ticks, new() { Kind = FinishedKind.Heard, Flow = Flow, Message = ack });
        User.OnFinal(this, response);
    }

    private void SendCancel()
    {
        IsCancelled = true;
        // RFC 3261 §9.1: without a final response within 64*T1 the cancelled INVITE is considered ended.
        StartLimit(Timers.Timeout);
        SipRequest.WriteCancel(Layer.Writer, Request, _cancelReason.Span);
        Layer.SendRequest(Flow, Layer.Writer, CancelUser.Instance);
    }
}
