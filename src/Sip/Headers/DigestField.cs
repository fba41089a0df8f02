namespace TekSipCloud.Sip.Headers;

/// <summary>The pairs of a digest header that have a meaning here (RFC 7616 §3.3, §3.4).</summary>
internal enum DigestField
{
    UserName,
    Realm,
    Nonce,
    Uri,
    Response,
    Algorithm,
    Qop,
    ClientNonce,
    NonceCount,
    Opaque,
    Stale,

    /// <summary>Any other.</summary>
    Other,
}
