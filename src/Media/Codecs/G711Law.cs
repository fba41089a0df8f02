namespace TekSipCloud.Media.Codecs;

/// <summary>The two laws of ITU-T G.711.</summary>
public enum G711Law
{
    /// <summary>µ-law: payload type 0, PCMU (RFC 3551 §4.5.14).</summary>
    Mulaw = 0,

    /// <summary>A-law: payload type 8, PCMA (RFC 3551 §4.5.14).</summary>
    Alaw = 8,
}
