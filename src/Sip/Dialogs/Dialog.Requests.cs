using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Dialogs;

/// <content>Requests of this end (RFC 3261 §12.2.1.1).</content>
public sealed partial class Dialog
{
    /// <summary>
    /// Starts a request within the dialog: request line, our Via, Max-Forwards, Route, From, To, Call-ID and CSeq with the next number. The caller
    /// adds Contact (for INVITE, UPDATE) and the rest and ends the message.
    /// </summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="method">Any but ACK (see <see cref="StartAck"/>) and CANCEL (see the client transaction).</param>
    /// <param name="flow">The way to <see cref="NextHop"/>.</param>
    /// <param name="branch">A new branch.</param>
    /// <returns>The CSeq number used.</returns>
    public uint StartRequest(SipWriter writer, SipMethod method, SipFlow flow, ReadOnlySpan<byte> branch)
    {
        if (method is SipMethod.Ack or SipMethod.Cancel)
            throw new ArgumentException("ACK and CANCEL take the number of their INVITE.", nameof(method));

        LocalCSeq++;
        Start(writer, method, flow, branch, LocalCSeq);
        return LocalCSeq;
    }

    /// <summary>The request that was started last is not sent after all: the next one has its number (RFC 3261 §12.2.1.1: without a gap).</summary>
    public void TakeBack() => LocalCSeq--;

    /// <summary>
    /// Starts the ACK of a 2xx (RFC 3261 §13.2.2.4), a transaction of its own without an answer. The caller adds credentials, if the INVITE had
    /// some, and ends the message.
    /// </summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="flow">The way to <see cref="NextHop"/>.</param>
    /// <param name="branch">A new branch.</param>
    /// <param name="inviteCSeq">Number of the INVITE that is acknowledged.</param>
    public void StartAck(SipWriter writer, SipFlow flow, ReadOnlySpan<byte> branch, uint inviteCSeq) =>
        Start(writer, SipMethod.Ack, flow, branch, inviteCSeq);

    private void Start(SipWriter writer, SipMethod method, SipFlow flow, ReadOnlySpan<byte> branch, uint cseq)
    {
        // RFC 3261 §12.2.1.1: with a strict router first, it becomes the Request-URI and the remote target the last route.
        var isStrict = _routes.Length > 0 && !(SipUri.TryParse(_routes[0], out var first, out _) && first.IsLooseRouter);
        writer.RequestLine(method, isStrict ? RequestUriOf(_routes[0]) : RemoteTarget);
        writer.Via(flow.Protocol.ViaToken(), flow.SentBy, branch, hasAlias: flow.OffersAlias);
        writer.Header(SipHeaderName.MaxForwards, 70);
        foreach (var route in isStrict ? _routes.AsSpan(1) : _routes)
            WriteRoute(writer, route);
        if (isStrict)
            WriteRoute(writer, RemoteTarget);
        writer.From(_text.Local, _text.LocalTag);
        writer.Header(SipHeaderName.To, _text.Remote);
        writer.Header(SipHeaderName.CallId, _text.CallId);
        writer.CSeq(cseq, SipMethods.Token(method));
    }

    private static void WriteRoute(SipWriter writer, ReadOnlySpan<byte> uri)
    {
        writer.StartHeader(SipHeaderName.Route);
        writer.AppendAddress([], uri);
        writer.EndHeader();
    }

    // RFC 3261 §12.2.1.1: what a Request-URI may not have (headers; §19.1.1) is stripped.
    private static ReadOnlySpan<byte> RequestUriOf(ReadOnlySpan<byte> route) =>
        route.IndexOf((byte)'?') is var headers && headers < 0 ? route : route[..headers];
}
