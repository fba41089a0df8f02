using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>A request of ours that waits for its answer (RFC 3261 §17.1).</summary>
public abstract class ClientTransaction : Transaction
{
    private ReadOnlyMemory<byte> _bytes;
    private SipMessage? _request;

    private protected ClientTransaction(
        TransactionLayer layer, SipFlow flow, ReadOnlyMemory<byte> request, TransactionKey key, IClientTransactionUser user, SipMessage? parsed = null)
        : base(layer, flow, key)
    {
        _bytes = request;
        _request = parsed;
        User = user;
    }

    /// <inheritdoc/>
    public override SipMessage Request => _request ??= SipMessage.Parse(_bytes.ToArray());

    private protected IClientTransactionUser User { get; }

    internal abstract void OnResponse(SipMessage response);

    /// <summary>Sends the request for the first time.</summary>
    internal abstract void Begin();

    private protected override void Forget() => Layer.Remove(this);

    private protected bool SendRequest() => Flow.Send(_bytes.Span);

    /// <summary>Its user needs the request no more, and it is not sent again.</summary>
    private protected void LetRequestGo()
    {
        if (_request is { } request && request != Gone)
            Layer.Messages.Return(request);
        (_request, _bytes) = (Gone, default);
    }

    /// <summary>Leaves what may still come to the layer, which needs no more of it than the rest.</summary>
    private protected void Finish(long due, in FinishedTransaction record)
    {
        Leave();
        Layer.Keep(Key, due, record);
    }

    private protected void FailTransport()
    {
        Terminate();
        User.OnTransportError(this);
    }

    private protected void FailTimeout()
    {
        Terminate();
        User.OnTimeout(this);
    }

    /// <summary>Reports a failed first send after the caller has got hold of the transaction.</summary>
    private protected void FailLater()
    {
        Terminate();
        Layer.Loop.PostContinuation(static (self, _) => ((ClientTransaction)self!).ReportTransportError(), this, null);
    }

    private void ReportTransportError() => User.OnTransportError(this);
}
