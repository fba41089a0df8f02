using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// One end of a dialog (RFC 3261 §12): who, where to, by which proxies, and the order of requests. Knows no flow, timer or session. Not
/// thread-safe: used on one loop.
/// </summary>
public sealed partial class Dialog
{
    private readonly byte[] _callId;
    private readonly byte[] _local;
    private readonly byte[] _remote;
    private byte[] _remoteTarget;
    private byte[][] _routes;

    private Dialog(DialogId id, bool isSecure, byte[] callId, byte[] local, byte[] remote, byte[] remoteTarget, byte[][] routes)
    {
        Id = id;
        IsSecure = isSecure;
        _callId = callId;
        _local = local;
        _remote = remote;
        _remoteTarget = remoteTarget;
        _routes = routes;
    }

    /// <summary>Call-ID and tags.</summary>
    public DialogId Id { get; }

    /// <summary>Early, confirmed or over.</summary>
    public DialogState State { get; private set; }

    /// <summary>Whether it was set up by a SIPS URI, so that every hop has to be TLS (RFC 3261 §12.1.1).</summary>
    public bool IsSecure { get; }

    /// <summary>Number of the last request sent, or, before the first, 0.</summary>
    public uint LocalCSeq { get; private set; }

    /// <summary>Number of the last request received; null before the first.</summary>
    public uint? RemoteCSeq { get; private set; }

    /// <summary>The peer's Contact URI (RFC 3261 §12.2.1.1 "remote target").</summary>
    public ReadOnlySpan<byte> RemoteTarget => _remoteTarget;

    /// <summary>URIs of the route set in the order in which requests pass them.</summary>
    public IReadOnlyList<byte[]> RouteSet => _routes;

    /// <summary>The URI whose resolution tells where requests go: the first route, else the remote target (RFC 3261 §12.2.1.1, §8.1.2).</summary>
    public ReadOnlySpan<byte> NextHop => _routes.Length > 0 ? _routes[0] : _remoteTarget;

    /// <summary>
    /// The callee's end, made when answering an INVITE (or SUBSCRIBE) with a tag, 101–299 (RFC 3261 §12.1.1). Null when the request has no usable
    /// Contact: answer 400 (RFC 3261 §8.1.1.8).
    /// </summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="localTag">Tag of the answer's To.</param>
    /// <param name="state">Early for a provisional answer, confirmed for a 2xx.</param>
    public static Dialog? CreateServer(SipMessage request, ReadOnlySpan<byte> localTag, DialogState state = DialogState.Confirmed)
    {
        if ((ContactUri(request) ?? OldTarget(request)) is not { } target || !request.TryGetFrom(out var from) || !request.TryGetTo(out var to))
            return null;

        var id = DialogId.Of(request.CallId, localTag, from.Tag);
        // RFC 3261 §12.1.1: the route set is the request's Record-Route in its order.
        return new Dialog(id, IsSips(request), request.CallId.ToArray(), End(to, localTag), End(from, from.Tag), target, Routes(request))
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

        var id = DialogId.Of(response.CallId, from.Tag, to.Tag);
        var target = ContactUri(response) ?? request.RequestUri.ToArray();
        return new Dialog(
            id, IsSips(request), response.CallId.ToArray(), End(from, from.Tag), End(to, to.Tag), target, ReversedRoutes(response))
        {
            State = response.StatusCode < 200 ? DialogState.Early : DialogState.Confirmed,
            LocalCSeq = request.TryGetCSeq(out var cseq, out _) ? cseq.Number : 0,
        };
    }

    /// <summary>Ends it; harmless when repeated.</summary>
    public void Terminate() => State = DialogState.Terminated;

    /// <summary>Call-ID and tags, for logs.</summary>
    public override string ToString() => $"{Id.CallId} {Id.LocalTag}/{Id.RemoteTag} {State}";

    private static bool IsSips(SipMessage request) =>
        request.TryGetRequestUri(out var uri, out _) && uri.Scheme == SipUriScheme.Sips;

    private static byte[]? ContactUri(SipMessage message)
    {
        foreach (var value in message.Values(SipHeaderName.Contact))
        {
            return ContactHeader.TryParse(value, out var contact, out _) && !contact.IsWildcard && SipUri.TryParse(contact.Uri, out var uri, out _)
                ? WithoutHeaders(uri)
                : null;
        }
        return null;
    }

    /// <summary>RFC 2543 §6.13: a caller without a Contact is called back by its From. Peers of RFC 3261 owe a Contact.</summary>
    private static byte[]? OldTarget(SipMessage request) =>
        !request.Has(SipHeaderName.Contact) && request.TryGetTopVia(out var via) && !via.HasMagicCookie && request.TryGetFrom(out var from)
            && from.TryGetUri(out var uri, out _)
            ? WithoutHeaders(uri)
            : null;

    /// <summary>RFC 3261 §19.1.1: a Contact may have headers, the Request-URI that it becomes may not.</summary>
    private static byte[] WithoutHeaders(SipUri uri) =>
        (uri.Headers.IsEmpty ? uri.Bytes : uri.Bytes[..^(uri.Headers.Length + 1)]).ToArray();

    private static byte[][] Routes(SipMessage message)
    {
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

    /// <summary>A From or To of this dialog: the address as it was set up, and the tag alone of its parameters.</summary>
    private static byte[] End(NameAddress address, ReadOnlySpan<byte> tag)
    {
        var text = new StringBuilder();
        if (!address.DisplayName.IsEmpty)
            text.Append(Encoding.Latin1.GetString(address.DisplayName)).Append(' ');
        text.Append('<').Append(Encoding.Latin1.GetString(address.Uri)).Append('>');
        if (!tag.IsEmpty)
            text.Append(";tag=").Append(Encoding.Latin1.GetString(tag));
        var end = Encoding.Latin1.GetBytes(text.ToString());
        // What a quoted pair makes lawful for the peer who sent it would be refused by the writer of every later request.
        SipToken.ReplaceControls(end);
        return end;
    }
}
