using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>A received request that waits for its answer; retransmissions of it are answered from here (RFC 3261 §17.2).</summary>
public abstract class ServerTransaction : Transaction
{
    private byte[]? _localTag;

    private protected ServerTransaction(TransactionLayer layer, SipFlow flow, SipMessage request, byte[] key)
        : base(layer, flow, request, key)
    {
        Reply = ReplyPath.Of(flow, request);
    }

    /// <summary>
    /// Whether the same request has come before by another way (RFC 3261 §8.2.2.2): to be answered 482 unless the user knows better.
    /// </summary>
    public bool IsMerged { get; internal set; }

    /// <summary>
    /// The tag of this side: that of the request's To, or a new one, the same for all responses of this transaction.
    /// </summary>
    public ReadOnlySpan<byte> LocalTag => Request.TryGetTo(out var to) && !to.Tag.IsEmpty ? to.Tag : _localTag ??= Layer.Ids.NewTag();

    /// <summary>Status of the last response given; 0 before the first.</summary>
    public int LastStatus { get; private set; }

    internal byte[]? MergeKey { get; set; }

    /// <summary>Where responses go: the request's flow, or another port of the same UDP peer.</summary>
    private protected SipFlow Reply { get; }

    private protected ReadOnlyMemory<byte> LastResponse { get; private set; }

    /// <summary>
    /// Answers with a complete response, whose bytes stay with the transaction for retransmission. False when the state forbids it (a final
    /// answer was given already, RFC 4320 forbids it, the transaction is over) or the flow did not take it.
    /// </summary>
    /// <param name="status">The status of the response, 100–699.</param>
    /// <param name="response">The whole message; not changed any more.</param>
    public abstract bool Respond(int status, ReadOnlyMemory<byte> response);

    /// <summary>Answers with no more than what RFC 3261 §8.2.6 demands; see the other overload for the result.</summary>
    /// <param name="status">100–699; above 100 the response gets <see cref="LocalTag"/>.</param>
    public bool Respond(int status) => Respond(status, Layer.Responder.Write(Flow, Request, status, status > 100 ? LocalTag : []));

    /// <summary>
    /// Starts a response in <paramref name="writer"/>: what RFC 3261 §8.2.6 demands with <see cref="LocalTag"/> (none in a 100), and the Record-Route
    /// of a request whose response makes a dialog (§12.1.1). The caller adds Contact and the rest, ends the message and gives it to
    /// <see cref="Respond(int, ReadOnlyMemory{byte})"/>.
    /// </summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="status">100–699.</param>
    /// <param name="reason">The phrase; the registered one when empty.</param>
    public void StartResponse(SipWriter writer, int status, ReadOnlySpan<byte> reason = default)
    {
        SipResponse.Start(writer, Request, status, Flow.Remote, status > 100 ? LocalTag : [], reason);
        var mayMakeDialog = status is > 100 and < 300
            && Request.Method is SipMethod.Invite or SipMethod.Subscribe or SipMethod.Refer;
        if (mayMakeDialog)
            writer.CopyLines(Request, SipHeaderName.RecordRoute);
    }

    internal abstract void OnRetransmission();

    private protected override void Forget() => Layer.Remove(this);

    private protected bool Send(int status, ReadOnlyMemory<byte> response)
    {
        LastStatus = status;
        LastResponse = response;
        return Reply.Send(response.Span);
    }

    private protected bool SendAgain() => LastResponse.IsEmpty || Reply.Send(LastResponse.Span);

    private protected void Fail(TransactionFailure failure)
    {
        Terminate();
        Layer.User.OnFailed(this, failure);
    }
}
