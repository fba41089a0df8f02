namespace TekSipCloud.Media.Playback;

/// <summary>Sound put together of tones, one laid over another; what sounds past the end sounds at the beginning, so that it can be looped.</summary>
/// <param name="length">How long it is.</param>
internal sealed class Sketch(TimeSpan length)
{
    // Partials of a plucked string, each weaker than the one below and sooner gone.
    private static readonly double[] Partials = [1, 0.35, 0.18, 0.06];

    // 8 ms: a tone that begins or ends at once clicks.
    private const int EdgeSamples = 64;

    private readonly double[] _sound = new double[(int)(length.TotalSeconds * AudioClip.SampleRate)];

    /// <summary>A plain tone with soft edges.</summary>
    public Sketch Tone(double at, double seconds, double hertz, double level = 1)
    {
        var count = (int)(seconds * AudioClip.SampleRate);
        var turn = 2 * Math.PI * hertz / AudioClip.SampleRate;
        for (var i = 0; i < count; i++)
            Add(at, i, level * Math.Min(1, Math.Min(i, count - i) / (double)EdgeSamples) * Math.Sin(turn * i));

        return this;
    }

    /// <summary>A plucked note that fades away.</summary>
    /// <param name="at">When, in seconds.</param>
    /// <param name="fade">Seconds until a third of it is left.</param>
    /// <param name="hertz">Its pitch.</param>
    /// <param name="level">Its strength.</param>
    public Sketch Pluck(double at, double fade, double hertz, double level = 1)
    {
        var count = (int)(4 * fade * AudioClip.SampleRate);
        for (var partial = 0; partial < Partials.Length; partial++)
        {
            var turn = 2 * Math.PI * hertz * (partial + 1) / AudioClip.SampleRate;
            var decay = (partial + 1) / (fade * AudioClip.SampleRate);
            for (var i = 0; i < count; i++)
                Add(at, i, level * Partials[partial] * Math.Min(1, i / (double)EdgeSamples) * Math.Exp(-i * decay) * Math.Sin(turn * i));
        }

        return this;
    }

    /// <summary>The sound as a clip whose loudest sample is <paramref name="peak"/>.</summary>
    public AudioClip ToClip(int peak)
    {
        var loudest = Math.Max(_sound.Max(), -_sound.Min());
        return AudioClip.FromSamples([.. _sound.Select(sample => (short)(sample * peak / loudest))]);
    }

    private void Add(double at, int sample, double value) =>
        _sound[((int)(at * AudioClip.SampleRate) + sample) % _sound.Length] += value;
}
