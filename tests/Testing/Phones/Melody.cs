using System.Buffers.Binary;

namespace TekSipCloud.Testing.Phones;

/// <summary>
/// Recognizes a piece of music that is played over and over by its spectrum: how strong each semitone is, window by window, in the piece's order and at
/// its speed. Heard in WAV files of 16-bit mono samples, 8,000 a second.
/// </summary>
public sealed class Melody
{
    private const int Rate = 8_000;
    private const int HeaderLength = 44;
    private const int Window = Rate / 5;

    /// <summary>The piece is known at each of these; a window is ten of them.</summary>
    private const int Step = Window / 10;
    private const int StepsOfWindow = Window / Step;

    /// <summary>How far a phone's clock and buffers may put a window beside its place.</summary>
    private const int Slack = 3;

    /// <summary>The cosine between two spectra that are one: codecs and volumes change little of it.</summary>
    private const double Likeness = 0.95;

    private const double LeastPower = 200.0 * 200.0;

    // From A2 to A6, the octave's twelve.
    private static readonly double[] Semitones = [.. Enumerable.Range(0, 49).Select(step => 110 * Math.Pow(2, step / 12.0))];

    private readonly double[]?[] _piece;

    /// <summary>Knows a piece by the sound that is played.</summary>
    public Melody(RecordedSound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        var samples = sound.Channel(0);
        var round = samples.Concat(samples.Take(Window)).ToArray();
        _piece = [.. Enumerable.Range(0, samples.Length / Step).Select(at => SpectrumOf(round.AsSpan(at * Step, Window)))];
    }

    /// <summary>How much of a recording is this piece, going on as it goes on. The file may still be growing.</summary>
    public TimeSpan Measure(string file)
    {
        var samples = Samples(ReadShared(file));
        var heard = 0;
        int? place = null;
        for (var at = 0; at + Window <= samples.Length; at += Window)
        {
            var spectrum = SpectrumOf(samples.AsSpan(at, Window));
            var next = place is { } last ? Find(spectrum, last + StepsOfWindow - Slack, 2 * Slack + 1) : null;
            if (next is not null)
                heard++;
            place = next ?? Find(spectrum, 0, _piece.Length);
        }

        return TimeSpan.FromSeconds((double)heard * Window / Rate);
    }

    /// <summary>Where in a part of the piece it sounds most like that; null where nothing does.</summary>
    private int? Find(double[]? spectrum, int first, int count)
    {
        if (spectrum is null)
            return null;

        var (best, place) = Enumerable.Range(first, count)
            .Select(at => at % _piece.Length)
            .Select(at => (Likeness: _piece[at] is { } known ? spectrum.Zip(known, (one, other) => one * other).Sum() : 0, Place: at))
            .Max();
        return best >= Likeness ? place : null;
    }

    /// <summary>The strength of each semitone (Goertzel), as a vector of length 1; null for silence.</summary>
    private static double[]? SpectrumOf(ReadOnlySpan<short> samples)
    {
        var power = 0.0;
        foreach (var sample in samples)
            power += (double)sample * sample;
        if (power / samples.Length < LeastPower)
            return null;

        var strengths = new double[Semitones.Length];
        for (var i = 0; i < strengths.Length; i++)
            strengths[i] = StrengthOf(samples, Semitones[i]);
        var length = Math.Sqrt(strengths.Sum(strength => strength * strength));
        return [.. strengths.Select(strength => strength / length)];
    }

    private static double StrengthOf(ReadOnlySpan<short> samples, double hertz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / Rate);
        double s1 = 0, s2 = 0;
        foreach (var sample in samples)
            (s1, s2) = (sample + (coefficient * s1) - s2, s1);
        return Math.Sqrt(Math.Max(0, (s1 * s1) + (s2 * s2) - (coefficient * s1 * s2)));
    }

    private static short[] Samples(byte[] wav)
    {
        var samples = new short[Math.Max(0, (wav.Length - HeaderLength) / 2)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(HeaderLength + (i * 2)));
        return samples;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
