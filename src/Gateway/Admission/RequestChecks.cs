using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>What every new request must pass before anyone asks who sent it (RFC 3261 §8.2, §16.3).</summary>
internal static class RequestChecks
{
    /// <summary>The methods this server understands (RFC 3261 §20.5).</summary>
    public static ReadOnlySpan<byte> Allow => "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS, INFO, UPDATE, PRACK, MESSAGE, NOTIFY"u8;

    /// <summary>The methods it understands within a call, of which a registration is none (RFC 3261 §10.2).</summary>
    public static ReadOnlySpan<byte> AllowInDialog => "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, MESSAGE, NOTIFY, REFER"u8;

    /// <summary>The code to refuse with; 0 when the request may go on.</summary>
    public static int Refusal(SipMessage request)
    {
        // RFC 3261 §8.2.2.1: 416 for a scheme that is not understood; a tel URI names no domain of ours.
        if (!request.TryGetRequestUri(out var uri, out var error))
            return error == SipParseError.UnknownScheme ? 416 : 400;
        if (uri.Scheme == SipUriScheme.Tel)
            return 416;

        // RFC 3261 §16.3 step 3; a request without Max-Forwards has all its hops before it.
        if (request.MaxForwards == 0 && request.Method != SipMethod.Options)
            return 483;

        // RFC 5393 §5.3.3.1: a call of which no branch may be left rings nowhere.
        if (request.MaxBreadth == 0 && request.Method == SipMethod.Invite)
            return 440;

        // RFC 3261 §8.2.2.3 and §16.3 step 5
        if (OptionTags.RequiresUnknown(request))
            return 420;

        if (!IsSupported(request))
            return 405;

        // RFC 3891 §3: only an INVITE takes a place.
        if (request.Method != SipMethod.Invite && request.Has(SipHeaderName.Replaces))
            return 400;

        // RFC 3261 §10.2, RFC 4475 §3.3.4: an address of record is a SIP URI, whoever asks for it.
        return request.Method == SipMethod.Register && !IsSip(request) ? 400 : 0;
    }

    /// <summary>Whether the sender takes SDP as an answer: it says nothing else, or says so (RFC 3261 §20.1).</summary>
    public static bool AcceptsSdp(SipMessage request)
    {
        foreach (var value in request.Values(SipHeaderName.Accept))
        {
            var range = ParameterizedValue.TryParse(value, out var accepted, out _) ? accepted.Value : value;
            if (SipToken.EqualsIgnoreCase(range, "application/sdp"u8) || SipToken.EqualsIgnoreCase(range, "application/*"u8) || range.SequenceEqual("*/*"u8))
                return true;
        }

        // RFC 3261 §20.1: an empty Accept means that nothing is acceptable.
        return !request.Has(SipHeaderName.Accept);
    }

    /// <summary>
    /// Whether a request with a body has one this server can read: SDP, without encoding (RFC 3261 §8.2.3), alone or as a part of which the
    /// others may be ignored (RFC 5621).
    /// </summary>
    public static bool HasReadableBody(SipMessage request) =>
        request.Body.IsEmpty
        || (!IsEncoded(request) && request.TryGet(SipHeaderName.ContentType, out var type)
            && (IsSdp(type) || (MultipartBody.TryFind(request, "application/sdp"u8, out _, out var mayIgnoreOthers) && mayIgnoreOthers)));

    /// <summary>RFC 3261 §20.12, RFC 9110 §8.4: <c>identity</c> is no encoding.</summary>
    private static bool IsEncoded(SipMessage request)
    {
        foreach (var encoding in request.Values(SipHeaderName.ContentEncoding))
        {
            if (!SipToken.EqualsIgnoreCase(encoding, "identity"u8))
                return true;
        }

        return false;
    }

    private static bool IsSdp(ReadOnlySpan<byte> type)
    {
        var end = type.IndexOf((byte)';');
        return SipToken.EqualsIgnoreCase(SipToken.Trim(end < 0 ? type : type[..end]), "application/sdp"u8);
    }

    private static bool IsSip(SipMessage register) =>
        register.TryGetTo(out var to) && to.TryGetUri(out var aor, out _) && aor.Scheme is SipUriScheme.Sip or SipUriScheme.Sips;

    private static bool IsSupported(SipMessage request) => request.Method is SipMethod.Invite or SipMethod.Ack or SipMethod.Cancel
        or SipMethod.Bye or SipMethod.Register or SipMethod.Options or SipMethod.Info or SipMethod.Update or SipMethod.Prack
        or SipMethod.Message or SipMethod.Notify or SipMethod.Refer;
}
