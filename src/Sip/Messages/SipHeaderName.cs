namespace TekSipCloud.Sip.Messages;

/// <summary>The headers this library knows by name. A compact form is the same header (RFC 3261 §7.3.3).</summary>
public enum SipHeaderName : byte
{
    /// <summary>A header without a member here; its name is in <see cref="SipHeaderLine.NameBytes"/>.</summary>
    Other,

    /// <summary><c>Accept</c> (RFC 3261 §20.1).</summary>
    Accept,

    /// <summary><c>Accept-Contact</c>, compact <c>a</c> (RFC 3841 §9.2).</summary>
    AcceptContact,

    /// <summary><c>Accept-Encoding</c> (RFC 3261 §20.2).</summary>
    AcceptEncoding,

    /// <summary><c>Accept-Language</c> (RFC 3261 §20.3).</summary>
    AcceptLanguage,

    /// <summary><c>Alert-Info</c> (RFC 3261 §20.4).</summary>
    AlertInfo,

    /// <summary><c>Allow</c> (RFC 3261 §20.5).</summary>
    Allow,

    /// <summary><c>Allow-Events</c>, compact <c>u</c> (RFC 6665 §8.2.2).</summary>
    AllowEvents,

    /// <summary><c>Authentication-Info</c> (RFC 3261 §20.6).</summary>
    AuthenticationInfo,

    /// <summary><c>Authorization</c> (RFC 3261 §20.7).</summary>
    Authorization,

    /// <summary><c>Call-ID</c>, compact <c>i</c> (RFC 3261 §20.8).</summary>
    CallId,

    /// <summary><c>Call-Info</c> (RFC 3261 §20.9).</summary>
    CallInfo,

    /// <summary><c>Contact</c>, compact <c>m</c> (RFC 3261 §20.10).</summary>
    Contact,

    /// <summary><c>Content-Disposition</c> (RFC 3261 §20.11).</summary>
    ContentDisposition,

    /// <summary><c>Content-Encoding</c>, compact <c>e</c> (RFC 3261 §20.12).</summary>
    ContentEncoding,

    /// <summary><c>Content-Language</c> (RFC 3261 §20.13).</summary>
    ContentLanguage,

    /// <summary><c>Content-Length</c>, compact <c>l</c> (RFC 3261 §20.14).</summary>
    ContentLength,

    /// <summary><c>Content-Type</c>, compact <c>c</c> (RFC 3261 §20.15).</summary>
    ContentType,

    /// <summary><c>CSeq</c> (RFC 3261 §20.16).</summary>
    CSeq,

    /// <summary><c>Date</c> (RFC 3261 §20.17).</summary>
    Date,

    /// <summary><c>Diversion</c> (RFC 5806).</summary>
    Diversion,

    /// <summary><c>Error-Info</c> (RFC 3261 §20.18).</summary>
    ErrorInfo,

    /// <summary><c>Event</c>, compact <c>o</c> (RFC 6665 §8.2.1).</summary>
    Event,

    /// <summary><c>Expires</c> (RFC 3261 §20.19).</summary>
    Expires,

    /// <summary><c>Flow-Timer</c> (RFC 5626 §10).</summary>
    FlowTimer,

    /// <summary><c>From</c>, compact <c>f</c> (RFC 3261 §20.20).</summary>
    From,

    /// <summary><c>History-Info</c> (RFC 7044).</summary>
    HistoryInfo,

    /// <summary><c>Identity</c>, compact <c>y</c> (RFC 8224).</summary>
    Identity,

    /// <summary><c>In-Reply-To</c> (RFC 3261 §20.21).</summary>
    InReplyTo,

    /// <summary><c>Join</c> (RFC 3911).</summary>
    Join,

    /// <summary><c>Max-Breadth</c> (RFC 5393).</summary>
    MaxBreadth,

    /// <summary><c>Max-Forwards</c> (RFC 3261 §20.22).</summary>
    MaxForwards,

    /// <summary><c>MIME-Version</c> (RFC 3261 §20.24).</summary>
    MimeVersion,

    /// <summary><c>Min-Expires</c> (RFC 3261 §20.23).</summary>
    MinExpires,

    /// <summary><c>Min-SE</c> (RFC 4028 §5).</summary>
    MinSe,

    /// <summary><c>Organization</c> (RFC 3261 §20.25).</summary>
    Organization,

    /// <summary><c>P-Access-Network-Info</c> (RFC 7315).</summary>
    PAccessNetworkInfo,

    /// <summary><c>P-Asserted-Identity</c> (RFC 3325 §9.1).</summary>
    PAssertedIdentity,

    /// <summary><c>P-Associated-URI</c> (RFC 7315).</summary>
    PAssociatedUri,

    /// <summary><c>Path</c> (RFC 3327).</summary>
    Path,

    /// <summary><c>P-Called-Party-ID</c> (RFC 7315).</summary>
    PCalledPartyId,

    /// <summary><c>P-Charging-Vector</c> (RFC 7315).</summary>
    PChargingVector,

    /// <summary><c>P-Early-Media</c> (RFC 5009).</summary>
    PEarlyMedia,

    /// <summary><c>P-Preferred-Identity</c> (RFC 3325 §9.2).</summary>
    PPreferredIdentity,

    /// <summary><c>Priority</c> (RFC 3261 §20.26).</summary>
    Priority,

    /// <summary><c>Privacy</c> (RFC 3323 §4.2).</summary>
    Privacy,

    /// <summary><c>Proxy-Authenticate</c> (RFC 3261 §20.27).</summary>
    ProxyAuthenticate,

    /// <summary><c>Proxy-Authorization</c> (RFC 3261 §20.28).</summary>
    ProxyAuthorization,

    /// <summary><c>Proxy-Require</c> (RFC 3261 §20.29).</summary>
    ProxyRequire,

    /// <summary><c>RAck</c> (RFC 3262 §7.2).</summary>
    RAck,

    /// <summary><c>Reason</c> (RFC 3326).</summary>
    Reason,

    /// <summary><c>Record-Route</c> (RFC 3261 §20.30).</summary>
    RecordRoute,

    /// <summary><c>Referred-By</c>, compact <c>b</c> (RFC 3892).</summary>
    ReferredBy,

    /// <summary><c>Refer-Sub</c> (RFC 4488).</summary>
    ReferSub,

    /// <summary><c>Refer-To</c>, compact <c>r</c> (RFC 3515).</summary>
    ReferTo,

    /// <summary><c>Reject-Contact</c>, compact <c>j</c> (RFC 3841 §9.2).</summary>
    RejectContact,

    /// <summary><c>Remote-Party-ID</c> (draft-ietf-sip-privacy).</summary>
    RemotePartyId,

    /// <summary><c>Replaces</c> (RFC 3891).</summary>
    Replaces,

    /// <summary><c>Reply-To</c> (RFC 3261 §20.31).</summary>
    ReplyTo,

    /// <summary><c>Request-Disposition</c>, compact <c>d</c> (RFC 3841 §9.1).</summary>
    RequestDisposition,

    /// <summary><c>Require</c> (RFC 3261 §20.32).</summary>
    Require,

    /// <summary><c>Retry-After</c> (RFC 3261 §20.33).</summary>
    RetryAfter,

    /// <summary><c>Route</c> (RFC 3261 §20.34).</summary>
    Route,

    /// <summary><c>RSeq</c> (RFC 3262 §7.1).</summary>
    RSeq,

    /// <summary><c>Server</c> (RFC 3261 §20.35).</summary>
    Server,

    /// <summary><c>Service-Route</c> (RFC 3608).</summary>
    ServiceRoute,

    /// <summary><c>Session-Expires</c>, compact <c>x</c> (RFC 4028 §4).</summary>
    SessionExpires,

    /// <summary><c>SIP-ETag</c> (RFC 3903).</summary>
    SipETag,

    /// <summary><c>SIP-If-Match</c> (RFC 3903).</summary>
    SipIfMatch,

    /// <summary><c>Subject</c>, compact <c>s</c> (RFC 3261 §20.36).</summary>
    Subject,

    /// <summary><c>Subscription-State</c> (RFC 6665 §8.2.3).</summary>
    SubscriptionState,

    /// <summary><c>Supported</c>, compact <c>k</c> (RFC 3261 §20.37).</summary>
    Supported,

    /// <summary><c>Target-Dialog</c> (RFC 4538).</summary>
    TargetDialog,

    /// <summary><c>Timestamp</c> (RFC 3261 §20.38).</summary>
    Timestamp,

    /// <summary><c>To</c>, compact <c>t</c> (RFC 3261 §20.39).</summary>
    To,

    /// <summary><c>Unsupported</c> (RFC 3261 §20.40).</summary>
    Unsupported,

    /// <summary><c>User-Agent</c> (RFC 3261 §20.41).</summary>
    UserAgent,

    /// <summary><c>User-to-User</c> (RFC 7433).</summary>
    UserToUser,

    /// <summary><c>Via</c>, compact <c>v</c> (RFC 3261 §20.42).</summary>
    Via,

    /// <summary><c>Warning</c> (RFC 3261 §20.43).</summary>
    Warning,

    /// <summary><c>WWW-Authenticate</c> (RFC 3261 §20.44).</summary>
    WwwAuthenticate,
}
