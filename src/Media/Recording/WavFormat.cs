using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Recording;

/// <summary>What a WAV file of G.711 at 8 kHz holds.</summary>
/// <param name="Law">How its samples are written.</param>
/// <param name="Channels">1 or 2.</param>
public readonly record struct WavFormat(G711Law Law, int Channels)
{
    /// <summary>Samples of a channel each second.</summary>
    public const int SampleRateHz = 8000;

    /// <summary>How long some bytes of samples last.</summary>
    public TimeSpan DurationOf(long bytes) => TimeSpan.FromTicks(bytes / Channels * (TimeSpan.TicksPerSecond / SampleRateHz));
}
