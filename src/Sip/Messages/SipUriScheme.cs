namespace TekSipCloud.Sip.Messages;

/// <summary>The URI schemes that SIP elements route by.</summary>
public enum SipUriScheme
{
    /// <summary>Any other scheme: well-formed, but answered 416 as a Request-URI (RFC 3261 §8.2.2.1).</summary>
    Other,

    /// <summary><c>sip:</c> (RFC 3261 §19.1).</summary>
    Sip,

    /// <summary><c>sips:</c>: TLS on every hop (RFC 3261 §26.2.2).</summary>
    Sips,

    /// <summary><c>tel:</c> (RFC 3966).</summary>
    Tel,
}
