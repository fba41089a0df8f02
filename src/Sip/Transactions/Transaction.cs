using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>What all four machines have: a request, a flow, a state and at most two timers. Used on its layer's loop only.</summary>
public abstract class Transaction
{
    private ILoopTimer? _retransmission;
    private ILoopTimer? _limit;

    private protected Transaction(TransactionLayer layer, SipFlow flow, SipMessage request, byte[] key)
    {
        Layer = layer;
        Flow = flow;
        Request = request;
        Key = key;
    }

    /// <summary>The way the request came or went.</summary>
    public SipFlow Flow { get; }

    /// <summary>The request that began it; readable for as long as somebody holds the transaction.</summary>
    public SipMessage Request { get; }

    /// <summary>Where the machine is.</summary>
    public TransactionState State { get; private protected set; }

    /// <summary>What belongs to the transaction at its user's; the library does not look at it.</summary>
    public object? UserState { get; set; }

    internal byte[] Key { get; }

    /// <summary>Whether <see cref="TransactionTable"/> finds it by its flow; then these are its neighbours there.</summary>
    internal bool IsOnFlow { get; set; }

    internal Transaction? NextOnFlow { get; set; }

    internal Transaction? PreviousOnFlow { get; set; }

    private protected TransactionLayer Layer { get; }

    private protected SipTimers Timers => Layer.Timers;

    /// <summary>The flow closed, or did not take a message.</summary>
    internal abstract void OnTransportError();

    private protected abstract void OnRetransmissionTimer();

    private protected abstract void OnLimitTimer();

    private protected abstract void Forget();

    private protected void StartRetransmission(TimeSpan due)
    {
        if (_retransmission is null)
            _retransmission = Layer.Loop.Schedule(due, static self => ((Transaction)self!).OnRetransmissionTimer(), this);
        else
            _retransmission.Change(due);
    }

    private protected void StopRetransmission() => _retransmission?.Cancel();

    private protected void StartLimit(TimeSpan due)
    {
        if (_limit is null)
            _limit = Layer.Loop.Schedule(due, static self => ((Transaction)self!).OnLimitTimer(), this);
        else
            _limit.Change(due);
    }

    private protected void StopLimit() => _limit?.Cancel();

    private protected void Terminate()
    {
        if (State == TransactionState.Terminated)
            return;

        State = TransactionState.Terminated;
        StopRetransmission();
        StopLimit();
        Forget();
    }
}
