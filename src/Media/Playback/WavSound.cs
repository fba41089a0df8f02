using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Playback;

/// <summary>The sound of a WAV file, in place: what its head says that holds for the bytes that are really there.</summary>
public readonly ref struct WavSound
{
    internal WavSound(WavEncoding encoding, int channels, int sampleRateHz, int sampleBytes, ReadOnlySpan<byte> data)
    {
        (Encoding, Channels, SampleRateHz, SampleBytes) = (encoding, channels, sampleRateHz, sampleBytes);
        Data = data[..(data.Length / FrameBytes * FrameBytes)];
    }

    /// <summary>How samples are written.</summary>
    public WavEncoding Encoding { get; }

    /// <summary>1 to 8.</summary>
    public int Channels { get; }

    /// <summary>Samples of a channel each second; one of <see cref="WavReader.SampleRates"/>.</summary>
    public int SampleRateHz { get; }

    /// <summary>Bytes of one sample of one channel, 1 to 4.</summary>
    public int SampleBytes { get; }

    /// <summary>Whole frames of samples, one at least.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>How many samples each channel has.</summary>
    public int Frames => Data.Length / FrameBytes;

    /// <summary>How long it is heard.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Frames * TimeSpan.TicksPerSecond / SampleRateHz);

    /// <summary>Its law; null when it is not G.711.</summary>
    public G711Law? Law => Encoding switch
    {
        WavEncoding.Alaw => G711Law.Alaw,
        WavEncoding.Mulaw => G711Law.Mulaw,
        _ => null,
    };

    /// <summary>Whether it is what phones hear already: one channel at 8 kHz, of G.711 or of 16 bits.</summary>
    public bool IsPlain => Channels == 1 && SampleRateHz == AudioClip.SampleRate && (Law is not null || (Encoding == WavEncoding.Linear && SampleBytes == 2));

    internal int FrameBytes => Channels * SampleBytes;
}
