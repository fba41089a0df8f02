namespace TekSipCloud.Media.Dtls;

/// <summary>Why an association failed.</summary>
public enum DtlsFailure
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The party's certificate is not the one of its description (RFC 8122 §6.2).</summary>
    WrongFingerprint,

    /// <summary>There is no SRTP profile that both have (RFC 5764 §4.1.2).</summary>
    NoSrtpProfile,

    /// <summary>The party broke the protocol or refused us by an alert; the reason is in OpenSSL's words.</summary>
    Protocol,

    /// <summary>The handshake was not over in time.</summary>
    TimedOut,
}
