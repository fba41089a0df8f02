namespace TekSipCloud.Media.Ice;

/// <summary>What arrives on a port that several protocols share (RFC 7983 §7).</summary>
internal enum DatagramKind
{
    /// <summary>None of those below: dropped.</summary>
    Unknown,

    Stun,

    Dtls,

    Rtp,

    Rtcp,
}
