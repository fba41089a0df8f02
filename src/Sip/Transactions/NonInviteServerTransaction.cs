using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>A received request other than INVITE and ACK (RFC 3261 §17.2.2, RFC 4320).</summary>
public sealed class NonInviteServerTransaction : ServerTransaction
{
    private bool _mayGiveTrying;

    internal NonInviteServerTransaction(TransactionLayer layer, SipFlow flow, SipMessage request, TransactionKey key)
        : base(layer, flow, request, key)
    {
        State = TransactionState.Trying;
        _mayGiveTrying = flow.IsReliable;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// RFC 4320: of the provisional responses only 100 is sent, on unreliable transports not before the client's timer E has reached T2, when it goes
    /// out by itself; 408 is refused always.
    /// </remarks>
    public override bool Respond(int status, ReadOnlySpan<byte> response)
    {
        if (State is not (TransactionState.Trying or TransactionState.Proceeding) || status == 408)
            return false;

        return status < 200 ? Progress(status, response) : Complete(status, response);
    }

    internal override void Begin()
    {
        if (State == TransactionState.Trying)
            StartRetransmission(Timers.NonInviteTrying);
        // RFC 4320 §4.2: after timer F the client has given up, and the answer must not be sent any more.
        StartLimit(Timers.Timeout);
    }

    internal override void OnRetransmission()
    {
        // RFC 3261 §17.2.2: in Trying a retransmission is discarded.
        if (State == TransactionState.Proceeding && !SendAgain())
            OnTransportError();
    }

    internal override void OnNoWay()
    {
        if (State is TransactionState.Trying or TransactionState.Proceeding)
            Fail(TransactionFailure.TransportError);
    }

    private protected override void OnRetransmissionTimer()
    {
        _mayGiveTrying = true;
        // RFC 4320 §4.1: without a final answer by now, 100 stops the client's fast retransmissions.
        if (State == TransactionState.Trying && !Respond(100))
            Layer.User.OnFailed(this, TransactionFailure.TransportError);
    }

    // RFC 4320 §4.2: the client's timer F.
    private protected override void OnLimitTimer() => Fail(TransactionFailure.Timeout);

    private bool Progress(int status, ReadOnlySpan<byte> response)
    {
        if (status != 100 || !_mayGiveTrying)
            return false;

        State = TransactionState.Proceeding;
        StopRetransmission();
        return EndUnless(SendAndKeep(status, response));
    }

    private bool Complete(int status, ReadOnlySpan<byte> response)
    {
        State = TransactionState.Completed;
        if (!EndUnless(Send(status, response)))
            return false;

        // RFC 3261 §17.2.2: timer J is 64*T1 on unreliable transports, zero on reliable ones.
        if (Flow.IsReliable)
            Terminate();
        else
            Finish(FinishedKind.Answered, Layer.Loop.Elapsed + Timers.Timeout.Ticks, response);
        return true;
    }
}
