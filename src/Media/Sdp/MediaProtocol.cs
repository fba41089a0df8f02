namespace TekSipCloud.Media.Sdp;

/// <summary>The transport an m= line names (RFC 8866 §5.14).</summary>
public enum MediaProtocol
{
    /// <summary>A transport that this product does not name.</summary>
    Other,

    /// <summary><c>RTP/AVP</c> (RFC 3551).</summary>
    RtpAvp,

    /// <summary><c>RTP/AVPF</c> (RFC 4585).</summary>
    RtpAvpf,

    /// <summary><c>RTP/SAVP</c> (RFC 3711, keyed by RFC 4568).</summary>
    RtpSavp,

    /// <summary><c>RTP/SAVPF</c> (RFC 5124).</summary>
    RtpSavpf,

    /// <summary><c>UDP/TLS/RTP/SAVP</c> (RFC 5764).</summary>
    DtlsRtpSavp,

    /// <summary><c>UDP/TLS/RTP/SAVPF</c>, what browsers offer (RFC 5764, RFC 8827).</summary>
    DtlsRtpSavpf,
}
