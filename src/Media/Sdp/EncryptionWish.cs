namespace TekSipCloud.Media.Sdp;

/// <summary>Whether we ask a party to encrypt its media. One that asks us is always answered in kind.</summary>
public enum EncryptionWish
{
    /// <summary>Plain RTP is offered.</summary>
    Off,

    /// <summary>Keys are offered beside plain RTP; who does not know them ignores them (RFC 8643).</summary>
    Preferred,

    /// <summary>Only SRTP is offered and taken; without it there is no call.</summary>
    Required,
}
