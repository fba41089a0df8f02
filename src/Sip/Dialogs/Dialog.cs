using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// One end of a dialog (RFC 3261 §12): who, where to, by which proxies, and the order of requests. Knows no flow, timer or session. Not
/// thread-safe: used on one loop.
/// </summary>
public sealed partial class Dialog
{
    private readonly DialogText _text;
    private byte[]? _movedTarget;
    private byte[][] _routes;

    private Dialog(DialogText text, bool isSecure, byte[][] routes)
    {
        _text = text;
        IsSecure = isSecure;
        _routes = routes;
    }

    /// <summary>Call-ID and tags, as text.</summary>
    public DialogId Id => Name.ToId();

    /// <summary>Call-ID and tags.</summary>
    public DialogName Name => new(_text.CallId, _text.LocalTag, _text.RemoteTag);

    /// <summary>The tag of the peer, as it came.</summary>
    public ReadOnlySpan<byte> RemoteTag => _text.RemoteTag;

    /// <summary>Early, confirmed or over.</summary>
    public DialogState State { get; private set; }

    /// <summary>Whether it was set up by a SIPS URI, so that every hop has to be TLS (RFC 3261 §12.1.1).</summary>
    public bool IsSecure { get; }

    /// <summary>
    /// Whether Contacts of this end have to be SIPS URIs: the dialog was set up by one, or the peer's Contact or its nearest proxy's Record-Route is
    /// one (RFC 3261 §8.1.1.8, §12.1.1).
    /// </summary>
    public bool NeedsSipsContact => IsSecure || SipUri.IsSips(NextHop);

    /// <summary>Whether the Call-ID is this end's: it sent the request that set the dialog up (RFC 3261 §14.1).</summary>
    public bool OwnsCallId { get; private init; }

    /// <summary>Number of the last request sent, or, before the first, 0.</summary>
    public uint LocalCSeq { get; private set; }

    /// <summary>Number of the last request received; null before the first.</summary>
    public uint? RemoteCSeq { get; private set; }

    /// <summary>The peer's Contact URI (RFC 3261 §12.2.1.1 "remote target").</summary>
    public ReadOnlySpan<byte> RemoteTarget => _movedTarget ?? _text.RemoteTarget;

    /// <summary>URIs of the route set in the order in which requests pass them.</summary>
    public IReadOnlyList<byte[]> RouteSet => _routes;

    /// <summary>The URI whose resolution tells where requests go: the first route, else the remote target (RFC 3261 §12.2.1.1, §8.1.2).</summary>
    public ReadOnlySpan<byte> NextHop => _routes.Length > 0 ? _routes[0] : RemoteTarget;

    /// <summary>
    /// The callee's end, made when answering an INVITE (or SUBSCRIBE) with a tag, 101–299 (RFC 3261 §12.1.1). Null when the request has no usable
    /// Contact: answer 400 (RFC 3261 §8.1.1.8).
    /// </summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="localTag">Tag of the answer's To.</param>
    /// <param name="state">Early for a provisional answer, confirmed for a 2xx.</param>
    public static Dialog? CreateServer(SipMessage request, ReadOnlySpan<byte> localTag, DialogState state = DialogState.Confirmed)
    {
        if ((!TryGetTarget(request, out var target) && !TryGetOldTarget(request, out target))
            || !request.TryGetFrom(out var from) || !request.TryGetTo(out var to))
        {
            return null;
        }

        // RFC 3261 §12.1.1: the route set is the request's Record-Route in its order.
        return new Dialog(DialogText.Of(request.CallId, to, localTag, from, from.Tag, target), IsSips(request), Routes(request))
        {
            State = state,
            RemoteCSeq = request.TryGetCSeq(out var cseq, out _) ? cseq.Number : null,
        };
    }

    /// <summary>
    /// The caller's end, made by a response with a tag, 101–299 (RFC 3261 §12.1.2); early or confirmed by its status. Null when the response has no
    /// To tag. A missing Contact, which only a provisional response may lack, leaves the Request-URI as target.
    /// </summary>
    /// <param name="request">The request as it was sent.</param>
    /// <param name="response">The response.</param>
    public static Dialog? CreateClient(SipMessage request, SipMessage response)
    {
        if (!response.TryGetTo(out var to) || to.Tag.IsEmpty || !request.TryGetFrom(out var from))
            return null;

        if (!TryGetTarget(response, out var target))
            target = request.RequestUri;
        return new Dialog(DialogText.Of(response.CallId, from, from.Tag, to, to.Tag, target), IsSips(request), ReversedRoutes(response))
        {
            State = response.StatusCode < 200 ? DialogState.Early : DialogState.Confirmed,
            OwnsCallId = true,
            LocalCSeq = request.TryGetCSeq(out var cseq, out _) ? cseq.Number : 0,
        };
    }

    /// <summary>Leaves out numbers that earlier requests of this end may have had, of which nothing is known any more: the peer takes gaps (RFC 3261 §12.2.2).</summary>
    /// <param name="count">How many.</param>
    public void SkipNumbers(uint count) => LocalCSeq += count;

    /// <summary>Ends it; harmless when repeated.</summary>
    public void Terminate() => State = DialogState.Terminated;

    /// <summary>Call-ID and tags, for logs.</summary>
    public override string ToString() => $"{Id} {State}";

    private static bool IsSips(SipMessage request) =>
        request.TryGetRequestUri(out var uri, out _) && uri.Scheme == SipUriScheme.Sips;

    /// <summary>The URI of the message's first Contact.</summary>
    private static bool TryGetTarget(SipMessage message, out ReadOnlySpan<byte> target)
    {
        target = [];
        foreach (var value in message.Values(SipHeaderName.Contact))
        {
            var isTarget = ContactHeader.TryParse(value, out var contact, out _) && !contact.IsWildcard;
            if (isTarget && SipUri.TryParse(contact.Uri, out var uri, out _))
                target = WithoutHeaders(uri);
            break;
        }

        return !target.IsEmpty;
    }

    /// <summary>RFC 2543 §6.13: a caller without a Contact is called back by its From. Peers of RFC 3261 owe a Contact.</summary>
    private static bool TryGetOldTarget(SipMessage request, out ReadOnlySpan<byte> target)
    {
        target = [];
        if (!request.Has(SipHeaderName.Contact) && request.TryGetTopVia(out var via) && !via.HasMagicCookie
            && request.TryGetFrom(out var from) && from.TryGetUri(out var uri, out _))
        {
            target = WithoutHeaders(uri);
        }

        return !target.IsEmpty;
    }

    /// <summary>RFC 3261 §19.1.1: a Contact may have headers, the Request-URI that it becomes may not.</summary>
    private static ReadOnlySpan<byte> WithoutHeaders(SipUri uri) =>
        uri.Headers.IsEmpty ? uri.Bytes : uri.Bytes[..^(uri.Headers.Length + 1)];

    private static byte[][] Routes(SipMessage message)
    {
        if (!message.Has(SipHeaderName.RecordRoute))
            return [];

        List<byte[]> routes = [];
        foreach (var value in message.Values(SipHeaderName.RecordRoute))
        {
            if (NameAddress.TryParse(value, out var route, out _) && route.TryGetUri(out _, out _))
                routes.Add(route.Uri.ToArray());
        }
        return [.. routes];
    }

    private static byte[][] ReversedRoutes(SipMessage response)
    {
        // RFC 3261 §12.1.2: the caller's route set is the response's Record-Route in reverse.
        var routes = Routes(response);
        Array.Reverse(routes);
        return routes;
    }
}
