namespace TekSipCloud.Sip.Digest;

/// <summary>The hash of a digest (RFC 7616 §3.3, RFC 8760).</summary>
public enum DigestAlgorithm
{
    /// <summary>Any other, session variants included: neither offered nor answered.</summary>
    Unknown,

    /// <summary><c>MD5</c>, also meant when no algorithm is named (RFC 3261 §22.4).</summary>
    Md5,

    /// <summary><c>SHA-256</c> (RFC 8760 §2.1).</summary>
    Sha256,
}
