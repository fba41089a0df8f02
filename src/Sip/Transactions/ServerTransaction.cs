using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>A received request that waits for its answer; retransmissions of it are answered from here (RFC 3261 §17.2).</summary>
public abstract class ServerTransaction : Transaction
{
    private SipMessage _request;
    private byte[]? _localTag;
    private byte[] _lastResponse = [];
    private int _lastLength;
    private ReplySearch? _search;

    private protected ServerTransaction(TransactionLayer layer, SipFlow flow, SipMessage request, TransactionKey key)
        : base(layer, flow, key)
    {
        _request = request;
        Reply = ReplyPath.Of(flow, request);
    }

    /// <inheritdoc/>
    /// <remarks>Of a BYE or CANCEL that its user answered at once it is empty afterwards.</remarks>
    public override SipMessage Request => _request;

    /// <summary>
    /// Whether the same request has come before by another way (RFC 3261 §8.2.2.2): to be answered 482 unless the user knows better.
    /// </summary>
    public bool IsMerged { get; internal set; }

    /// <summary>
    /// The tag of this side: that of the request's To, or a new one, the same for all responses of this transaction.
    /// </summary>
    public ReadOnlySpan<byte> LocalTag => Request.ToTag is { IsEmpty: false } tag ? tag : _localTag ??= Layer.Ids.NewTag();

    /// <summary>Status of the last response given; 0 before the first.</summary>
    public int LastStatus { get; private set; }

    internal TransactionKey? MergeKey { get; set; }

    private ReadOnlySpan<byte> LastResponse => _lastResponse.AsSpan(0, _lastLength);

    /// <summary>Where responses go: the request's flow, or another port of the same UDP peer; another way once that is gone.</summary>
    internal SipFlow Reply { get; private set; }

    /// <summary>
    /// Answers with a complete response, which is repeated as long as that may be needed. False when the state forbids it (a final
    /// answer was given already, RFC 4320 forbids it, the transaction is over) or the flow did not take it.
    /// </summary>
    /// <param name="status">The status of the response, 100–699.</param>
    /// <param name="response">The whole message; copied.</param>
    public abstract bool Respond(int status, ReadOnlySpan<byte> response);

    /// <summary>Answers with no more than what RFC 3261 §8.2.6 demands; see the other overload for the result.</summary>
    /// <param name="status">100–699; above 100 the response gets <see cref="LocalTag"/>.</param>
    public bool Respond(int status) => Respond(status, Layer.Responder.Write(Flow, Request, status, status > 100 ? LocalTag : []));

    /// <summary>
    /// Starts a response in <paramref name="writer"/>: what RFC 3261 §8.2.6 demands with <see cref="LocalTag"/> (none in a 100), and the Record-Route
    /// of a request whose response makes a dialog (§12.1.1). The caller adds Contact and the rest, ends the message and gives it to
    /// <see cref="Respond(int, ReadOnlySpan{byte})"/>.
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

    /// <summary>Its user has seen the request: a lent one becomes its own if anything is still to be done with it.</summary>
    internal void KeepRequest()
    {
        if (_request.IsLent)
            _request = IsOver ? Gone : _request.Detach();
    }

    internal abstract void OnRetransmission();

    /// <summary>The way of its answers is gone, and no other was found.</summary>
    internal abstract void OnNoWay();

    internal sealed override void OnTransportError()
    {
        if (!IsOver && !Seek([]))
            OnNoWay();
    }

    /// <summary>Sends by another way from now on, at first what waits; false when that is gone already.</summary>
    internal bool Take(SipFlow way, ReadOnlySpan<byte> waiting)
    {
        Reply = way;
        if (!IsOver)
            Layer.Move(this, way);
        return waiting.IsEmpty ? way.IsOpen : way.Send(waiting);
    }

    /// <summary>Starts to look after a request that was not answered at once.</summary>
    internal abstract void Begin();

    private protected override void Forget()
    {
        Layer.Remove(this);
        GiveBack();
    }

    /// <summary>Takes the request's memory back; from here on it is empty.</summary>
    private protected void LetRequestGo()
    {
        Layer.Messages.Return(_request);
        _request = Gone;
    }

    /// <summary>It is over, and what may still come is the layer's.</summary>
    private protected virtual void OnLeft()
    {
    }

    /// <summary>Sends a response that <see cref="SendAgain"/> is to repeat.</summary>
    private protected bool SendAndKeep(int status, ReadOnlySpan<byte> response)
    {
        if (_lastResponse.Length < response.Length)
        {
            GiveBack();
            _lastResponse = Layer.Buffers.Rent(response.Length);
        }

        response.CopyTo(_lastResponse);
        _lastLength = response.Length;
        return Send(status, response);
    }

    private protected bool Send(int status, ReadOnlySpan<byte> response)
    {
        LastStatus = status;
        return Send(response);
    }

    /// <summary>RFC 3261 §18.2.2: where the request came from, or by another way when that is gone; false when there is none.</summary>
    private protected bool Send(ReadOnlySpan<byte> response) =>
        _search is { IsUnderWay: true } search ? search.Keep(response) : Reply.Send(response) || Seek(response);

    private protected bool SendAgain() => _lastLength == 0 || Send(LastResponse);

    /// <summary>Looks for another way for the last response that is to be repeated; false when there is none.</summary>
    private protected bool SeekForLast() => Seek(LastResponse);

    private bool Seek(ReadOnlySpan<byte> response)
    {
        if (_search is { IsUnderWay: true })
            return response.IsEmpty || _search.Keep(response);

        if (_search is null && Layer.User.FindWayBack(this) is { } path)
            _search = new ReplySearch(Layer, this, path);
        return _search is not null && _search.Begin(response);
    }

    private protected bool EndUnless(bool isSent)
    {
        if (!isSent)
            Terminate();
        return isSent;
    }

    /// <summary>Leaves what may still come to the layer, which needs no more of it than <paramref name="message"/>.</summary>
    private protected void Finish(FinishedKind kind, long due, ReadOnlySpan<byte> message = default)
    {
        Leave();
        Layer.Keep(this, kind, due, message);
        OnLeft();
    }

    /// <summary>Nothing is sent again from here on.</summary>
    private void GiveBack()
    {
        Layer.Buffers.Return(_lastResponse);
        _lastResponse = [];
        _lastLength = 0;
    }

    private protected void Fail(TransactionFailure failure)
    {
        Terminate();
        Layer.User.OnFailed(this, failure);
    }
}
