namespace TekSipCloud.Media.Srtp;

/// <summary>Why a packet is not taken.</summary>
public enum SrtpError
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>It is no packet of RTP or RTCP, or too short to have a tag.</summary>
    Malformed,

    /// <summary>Its tag is wrong: forged, damaged, or under another key.</summary>
    BadTag,

    /// <summary>It came before, or is too old to tell (RFC 3711 §3.3.2).</summary>
    Replayed,

    /// <summary>More sources than one party has.</summary>
    TooManySources,
}
