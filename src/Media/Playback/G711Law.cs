namespace TekSipCloud.Media.Playback;

/// <summary>Which of the two companding laws of ITU-T G.711.</summary>
public enum G711Law
{
    /// <summary>µ-law, <c>PCMU</c>: payload type 0 (RFC 3551 §4.5.14).</summary>
    MuLaw,

    /// <summary>A-law, <c>PCMA</c>: payload type 8.</summary>
    ALaw,
}
