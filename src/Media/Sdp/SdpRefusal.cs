namespace TekSipCloud.Media.Sdp;

/// <summary>Why a description that was understood cannot be carried to the other leg; each is answered with 488.</summary>
public enum SdpRefusal
{
    /// <summary>It can be carried.</summary>
    None,

    /// <summary>There is no m=audio line.</summary>
    NoAudio,

    /// <summary>Audio is offered only as SRTP, by no crypto line of a kind spoken here, or by DTLS without ICE, rtcp-mux or a fingerprint.</summary>
    SecureAudioOnly,

    /// <summary>The audio line names a transport other than RTP over UDP.</summary>
    UnsupportedTransport,

    /// <summary>The answer does not fit its offer: the audio line moved or changed its transport (RFC 3264 §6).</summary>
    AnswerMismatch,

    /// <summary>The call is recorded, and the audio line has no G.711 by a static payload type.</summary>
    NoG711,
}
