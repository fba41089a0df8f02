using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>An INVITE that was received (RFC 3261 §17.2.1, RFC 6026 §7.1).</summary>
public sealed class InviteServerTransaction : ServerTransaction
{
    private TimeSpan _interval;
    private bool _isKept;
    private bool _isLetGo;

    /// <param name="layer">Its layer.</param>
    /// <param name="flow">The way the request came.</param>
    /// <param name="request">The request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="isKept">Whether the request is of the layer's <see cref="TransactionLayer.Messages"/>.</param>
    internal InviteServerTransaction(TransactionLayer layer, SipFlow flow, SipMessage request, TransactionKey key, bool isKept)
        : base(layer, flow, request, key)
    {
        State = TransactionState.Proceeding;
        _isKept = isKept;
    }

    /// <summary>Says that its user needs the request no more: as soon as the transaction is over, <see cref="ServerTransaction.Request"/> is
    /// empty.</summary>
    public void LetGo()
    {
        _isLetGo = true;
        OnLeft();
    }

    private protected override void OnLeft()
    {
        if (!_isKept || !_isLetGo || !IsOver)
            return;

        _isKept = false;
        LetRequestGo();
    }

    /// <inheritdoc/>
    /// <remarks>A 2xx may be given again and again within 64*T1: repeating it until the ACK comes is the user's duty (RFC 6026 §7.1).</remarks>
    public override bool Respond(int status, ReadOnlySpan<byte> response) => State switch
    {
        TransactionState.Proceeding when status < 200 => Progress(status, response),
        TransactionState.Proceeding when status < 300 => Accept(status, response),
        TransactionState.Proceeding => Refuse(status, response),
        // RFC 6026 §7.1: in Accepted the user's further 2xx are passed to the transport.
        TransactionState.Accepted when status is >= 200 and < 300 && !IsOver => Send(response),
        _ => false,
    };

    internal override void Begin()
    {
        if (LastStatus == 0)
            StartRetransmission(Timers.Trying);
    }

    internal override void OnRetransmission()
    {
        // RFC 6026 §7.1: in Accepted retransmissions are absorbed.
        if (State is TransactionState.Proceeding or TransactionState.Completed && !SendAgain())
            OnTransportError();
    }

    /// <summary>Says that the 2xx was acknowledged, or that nobody waits for that any more: no further one is sent.</summary>
    internal void OnAcknowledged()
    {
        // RFC 6026 §7.1: until timer L retransmissions of the INVITE are absorbed.
        if (State == TransactionState.Accepted && !IsOver)
            Finish(FinishedKind.Accepted, LimitAt);
    }

    /// <summary>The ACK of a refusal; false when it is the user's (RFC 6026 §7.1: an ACK in Accepted).</summary>
    internal bool TakeAck()
    {
        if (State == TransactionState.Completed)
            Confirm();
        return State != TransactionState.Accepted;
    }

    /// <summary>
    /// A datagram came back. Only a final response whose ACK is awaited goes elsewhere, or ends a refused INVITE: the error may be forged, so it ends
    /// nothing that rings. RFC 6026 §7.1: Accepted stays.
    /// </summary>
    internal void OnUnreachable()
    {
        var hasWay = State is not (TransactionState.Completed or TransactionState.Accepted) || SeekForLast();
        if (!hasWay && State == TransactionState.Completed)
            OnNoWay();
    }

    internal override void OnNoWay()
    {
        if (!IsOver)
            Fail(TransactionFailure.TransportError);
    }

    private protected override void OnRetransmissionTimer()
    {
        if (State == TransactionState.Proceeding)
            GiveTrying();
        else if (State == TransactionState.Completed)
            RepeatRefusal();
    }

    private protected override void OnLimitTimer()
    {
        // RFC 3261 §17.2.1: timer H is a failure; timer L (RFC 6026) ends what has done its work.
        if (State == TransactionState.Completed)
            Fail(TransactionFailure.Timeout);
        else
            Terminate();
    }

    private bool Progress(int status, ReadOnlySpan<byte> response)
    {
        StopRetransmission();
        return EndUnless(SendAndKeep(status, response));
    }

    private bool Accept(int status, ReadOnlySpan<byte> response)
    {
        StopRetransmission();
        State = TransactionState.Accepted;
        // RFC 6026 §7.1: timer L is 64*T1 on every transport.
        StartLimit(Timers.Timeout);
        return Send(status, response);
    }

    private bool Refuse(int status, ReadOnlySpan<byte> response)
    {
        State = TransactionState.Completed;
        // RFC 3261 §17.2.1: timer G on unreliable transports only, timer H on all.
        StopRetransmission();
        _interval = Timers.T1;
        if (!Flow.IsReliable)
            StartRetransmission(_interval);
        StartLimit(Timers.Timeout);
        return EndUnless(SendAndKeep(status, response));
    }

    private void Confirm()
    {
        State = TransactionState.Confirmed;
        // RFC 3261 §17.2.1: timer I is T4 on unreliable transports, zero on reliable ones.
        if (Flow.IsReliable)
            Terminate();
        else
            Finish(FinishedKind.Confirmed, Layer.Loop.Elapsed + Timers.T4.Ticks);
    }

    private void GiveTrying()
    {
        // RFC 3261 §17.2.1: a user that does not answer within 200 ms has the transaction say 100.
        if (LastStatus == 0 && !Respond(100))
            Layer.User.OnFailed(this, TransactionFailure.TransportError);
    }

    private void RepeatRefusal()
    {
        _interval = Timers.Next(_interval);
        StartRetransmission(_interval);
        if (!SendAgain())
            OnTransportError();
    }
}
