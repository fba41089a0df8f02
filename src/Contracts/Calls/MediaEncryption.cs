namespace TekSipCloud.Contracts.Calls;

/// <summary>
/// Whether a party is asked to encrypt its media (SRTP, RFC 3711). One that offers nothing but SRTP is always answered in kind, and a phone that
/// registered by a WebSocket is always offered keys by DTLS, since browsers know nothing else.
/// </summary>
[GenerateSerializer, Alias("media-encryption")]
public enum MediaEncryption
{
    /// <summary>It is offered plain RTP.</summary>
    Off,

    /// <summary>It is offered keys beside plain RTP, and may take either (RFC 8643).</summary>
    Preferred,

    /// <summary>It is offered SRTP and nothing else; without it there is no call.</summary>
    Required,

    /// <summary>It is offered SRTP with keys by DTLS, and ICE, as browsers are (WebRTC), and nothing else.</summary>
    Dtls,
}
