namespace TekSipCloud.Media.Rtp;

/// <summary>Why a datagram is not an RTP packet (RFC 3550 A.1); such datagrams are dropped and counted.</summary>
public enum RtpError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It is shorter than its header says.</summary>
    TooShort,

    /// <summary>The version is not 2.</summary>
    BadVersion,

    /// <summary>It is RTCP: the second byte is 192 to 223 (RFC 5761 §4).</summary>
    IsRtcp,

    /// <summary>The padding count is zero or larger than what follows the header.</summary>
    BadPadding,
}
