using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>A request of ours other than INVITE and ACK (RFC 3261 §17.1.2).</summary>
public sealed class NonInviteClientTransaction : ClientTransaction
{
    private TimeSpan _interval;

    internal NonInviteClientTransaction(
        TransactionLayer layer, SipFlow flow, byte[] request, TransactionKey key, IClientTransactionUser user)
        : base(layer, flow, request, key, user)
    {
        State = TransactionState.Trying;
        _interval = Timers.T1;
    }

    internal override void Begin()
    {
        // RFC 3261 §17.1.2.2: timer F on every transport, timer E on unreliable ones.
        StartLimit(Timers.Timeout);
        if (!Flow.IsReliable)
            StartRetransmission(_interval);
        if (!SendRequest())
            FailLater();
    }

    internal override void OnResponse(SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            State = TransactionState.Proceeding;
            User.OnProvisional(this, response);
            return;
        }

        Complete();
        User.OnFinal(this, response);
    }

    internal override void OnTransportError()
    {
        if (!IsOver)
            FailTransport();
    }

    private protected override void OnRetransmissionTimer()
    {
        // RFC 3261 §17.1.2.2: doubling up to T2; in Proceeding always T2.
        _interval = State == TransactionState.Proceeding ? Timers.T2 : Timers.Next(_interval);
        StartRetransmission(_interval);
        if (!SendRequest())
            OnTransportError();
    }

    private protected override void OnLimitTimer() => FailTimeout();

    private void Complete()
    {
        State = TransactionState.Completed;
        // RFC 3261 §17.1.2.2: timer K is T4 on unreliable transports, zero on reliable ones.
        if (Flow.IsReliable)
            Terminate();
        else
            Finish(Layer.Loop.Elapsed + Timers.T4.Ticks, new() { Kind = FinishedKind.Heard });
    }
}
