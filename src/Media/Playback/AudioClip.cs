using TekSipCloud.Media.Codecs;

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

    private const string Empty = "A clip has one sample at least.";

    private readonly byte[] _mulaw;
    private readonly byte[] _alaw;

    private AudioClip(byte[] mulaw, byte[] alaw) => (_mulaw, _alaw) = (mulaw, alaw);

    /// <summary>How many frames it has; the last one ends in silence where the sound does not fill it.</summary>
    public int Frames => _mulaw.Length / FrameBytes;

    /// <summary>How long it is heard.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Frames * (double)FrameMilliseconds);

    /// <summary>The memory it takes.</summary>
    public int Bytes => _mulaw.Length + _alaw.Length;

    /// <summary>A clip of linear samples.</summary>
    /// <param name="samples">At 8,000 a second; one at least.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static AudioClip FromSamples(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException(Empty, nameof(samples));

        return new(Image(samples, G711Law.Mulaw), Image(samples, G711Law.Alaw));
    }

    /// <summary>A clip of what is G.711 already: by its law as it is.</summary>
    /// <param name="codes">At 8,000 a second; one at least.</param>
    /// <param name="law">Their law.</param>
    /// <exception cref="ArgumentException">There is no code.</exception>
    public static AudioClip FromCodes(ReadOnlySpan<byte> codes, G711Law law)
    {
        if (codes.IsEmpty)
            throw new ArgumentException(Empty, nameof(codes));

        var own = Silence(codes.Length, law);
        codes.CopyTo(own);
        var otherLaw = law == G711Law.Alaw ? G711Law.Mulaw : G711Law.Alaw;
        var other = Silence(codes.Length, otherLaw);
        var inOther = G711.CodesIn(otherLaw);
        for (var i = 0; i < codes.Length; i++)
            other[i] = inOther[codes[i]];

        return law == G711Law.Alaw ? new(other, own) : new(own, other);
    }

    /// <summary>A clip of a file's sound, converted where it is not what is sent.</summary>
    /// <param name="sound">The file's sound.</param>
    public static AudioClip FromWav(WavSound sound) =>
        sound is { IsPlain: true, Law: { } law } ? FromCodes(sound.Data, law) : FromSamples(SoundConversion.ToSamples(sound));

    /// <summary>All of it by a law.</summary>
    public ReadOnlySpan<byte> Codes(G711Law law) => law == G711Law.Alaw ? _alaw : _mulaw;

    /// <summary>A frame as it is sent.</summary>
    /// <param name="law">By which law.</param>
    /// <param name="index">0 to <see cref="Frames"/> − 1.</param>
    public ReadOnlySpan<byte> Frame(G711Law law, int index) =>
        Codes(law).Slice(index * FrameBytes, FrameBytes);

    private static byte[] Image(ReadOnlySpan<short> samples, G711Law law)
    {
        var image = Silence(samples.Length, law);
        for (var i = 0; i < samples.Length; i++)
            image[i] = G711.Encode(samples[i], law);

        return image;
    }

    private static byte[] Silence(int samples, G711Law law)
    {
        var image = new byte[(samples + FrameBytes - 1) / FrameBytes * FrameBytes];
        image.AsSpan().Fill(G711.SilenceOf(law));
        return image;
    }
}
