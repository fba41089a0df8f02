namespace TekSipCloud.Media.Playback;

/// <summary>How a WAV file's samples are written: its format tag (RFC 2361, appendix A).</summary>
public enum WavEncoding
{
    /// <summary>Linear: WAVE_FORMAT_PCM.</summary>
    Linear = 1,

    /// <summary>IEEE 754: WAVE_FORMAT_IEEE_FLOAT.</summary>
    Float = 3,

    /// <summary>G.711 A-law: WAVE_FORMAT_ALAW.</summary>
    Alaw = 6,

    /// <summary>G.711 µ-law: WAVE_FORMAT_MULAW.</summary>
    Mulaw = 7,
}
