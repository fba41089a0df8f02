namespace TekSipCloud.Contracts.Calls;

/// <summary>Whether a party is asked to encrypt its media (SRTP, RFC 3711). One that offers nothing but SRTP is always answered in kind.</summary>
[GenerateSerializer, Alias("media-encryption")]
public enum MediaEncryption
{
    /// <summary>It is offered plain RTP.</summary>
    Off,

    /// <summary>It is offered keys beside plain RTP, and may take either (RFC 8643).</summary>
    Preferred,

    /// <summary>It is offered SRTP and nothing else; without it there is no call.</summary>
    Required,
}
