namespace TekSipCloud.Media.Playback;

/// <summary>A piece of sound ready to be sent: its G.711 image by each law, in frames of 20 ms. Immutable; all calls that play it share it.</summary>
public sealed class AudioClip
{
    /// <summary>Samples, and bytes, of a frame.</summary>
    public const int FrameBytes = 160;

    /// <summary>How long a frame is heard.</summary>
    public const int FrameMilliseconds = 20;

    /// <summary>Samples a second.</summary>
    public const int SampleRate = 8000;

    private readonly byte[] _muLaw;
    private readonly byte[] _aLaw;

    private AudioClip(byte[] muLaw, byte[] aLaw) => (_muLaw, _aLaw) = (muLaw, aLaw);

    /// <summary>How many frames it has; the last one ends in silence where the sound does not fill it.</summary>
    public int Frames => _muLaw.Length / FrameBytes;

    /// <summary>How long it is heard.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Frames * (double)FrameMilliseconds);

    /// <summary>A clip of linear samples.</summary>
    /// <param name="samples">At 8,000 a second; one at least.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static AudioClip FromSamples(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("A clip has one sample at least.", nameof(samples));

        return new(Image(samples, G711Law.MuLaw), Image(samples, G711Law.ALaw));
    }

    /// <summary>A frame as it is sent.</summary>
    /// <param name="law">By which law.</param>
    /// <param name="index">0 to <see cref="Frames"/> − 1.</param>
    public ReadOnlySpan<byte> Frame(G711Law law, int index) =>
        (law == G711Law.ALaw ? _aLaw : _muLaw).AsSpan(index * FrameBytes, FrameBytes);

    private static byte[] Image(ReadOnlySpan<short> samples, G711Law law)
    {
        var image = new byte[(samples.Length + FrameBytes - 1) / FrameBytes * FrameBytes];
        image.AsSpan().Fill(G711.SilenceOf(law));
        for (var i = 0; i < samples.Length; i++)
            image[i] = G711.Encode(samples[i], law);

        return image;
    }
}
