using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>What all four machines have: a request, a flow, a state and at most two times to look at. Used on its layer's loop only.</summary>
public abstract class Transaction
{
    private const long Never = long.MaxValue;

    /// <summary>Stands for a request that is needed no more.</summary>
    private protected static readonly SipMessage Gone = new();

    private ILoopTimer? _timer;
    private long _retransmission = Never;
    private long _limit = Never;
    private long _armed = Never;

    private protected Transaction(TransactionLayer layer, SipFlow flow, TransactionKey key)
    {
        Layer = layer;
        Flow = flow;
        Key = key;
    }

    /// <summary>The way the request came or went.</summary>
    public SipFlow Flow { get; }

    /// <summary>The request that began it; readable for as long as somebody holds the transaction.</summary>
    public abstract SipMessage Request { get; }

    /// <summary>Where the machine is; of one that is over but for repetitions, which the layer takes care of without it, where it was.</summary>
    public TransactionState State { get; private protected set; }

    /// <summary>What belongs to the transaction at its user's; the library does not look at it.</summary>
    public object? UserState { get; set; }

    internal TransactionKey Key { get; set; }

    /// <summary>Whether the layer does without it: terminated, or finished but for repetitions.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>The flow by which <see cref="TransactionTable"/> finds it, null for none; then these are its neighbours there.</summary>
    internal SipFlow? ListedFlow { get; set; }

    internal Transaction? NextOnFlow { get; set; }

    internal Transaction? PreviousOnFlow { get; set; }

    private protected TransactionLayer Layer { get; }

    private protected SipTimers Timers => Layer.Timers;

    /// <summary>The flow closed, or did not take a message.</summary>
    internal abstract void OnTransportError();

    private protected abstract void OnRetransmissionTimer();

    private protected abstract void OnLimitTimer();

    private protected abstract void Forget();

    /// <summary>When the limit is, in ticks of the loop's time.</summary>
    private protected long LimitAt => _limit;

    private protected void StartRetransmission(TimeSpan due)
    {
        var now = Layer.Loop.Elapsed;
        _retransmission = now + due.Ticks;
        Arm(now);
    }

    private protected void StopRetransmission()
    {
        _retransmission = Never;
        DisarmIfIdle();
    }

    private protected void StartLimit(TimeSpan due)
    {
        var now = Layer.Loop.Elapsed;
        _limit = now + due.Ticks;
        Arm(now);
    }

    private protected void StopLimit()
    {
        _limit = Never;
        DisarmIfIdle();
    }

    private protected void Terminate()
    {
        State = TransactionState.Terminated;
        Leave();
    }

    /// <summary>Stops the timers and has the layer do without it.</summary>
    private protected void Leave()
    {
        if (IsOver)
            return;

        IsOver = true;
        _retransmission = _limit = Never;
        DisarmIfIdle();
        Forget();
    }

    private void DisarmIfIdle()
    {
        if (_armed == Never || _retransmission != Never || _limit != Never)
            return;

        _armed = Never;
        _timer?.Cancel();
    }

    /// <summary>One timer serves both times. It is left alone when it comes earlier: what is put off costs nothing until then.</summary>
    private void Arm(long now)
    {
        var next = Math.Min(_retransmission, _limit);
        if (next >= _armed)
            return;

        _armed = next;
        var due = new TimeSpan(next - now);
        if (_timer is null)
            _timer = Layer.Loop.Schedule(due, static self => ((Transaction)self!).OnTimer(), this);
        else
            _timer.Change(due);
    }

    private void OnTimer()
    {
        _armed = Never;
        var now = Layer.Loop.Elapsed;
        if (_limit <= now)
        {
            _limit = Never;
            OnLimitTimer();
        }

        if (_retransmission <= now)
        {
            _retransmission = Never;
            OnRetransmissionTimer();
        }

        Arm(now);
    }
}
