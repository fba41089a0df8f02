namespace TekSipCloud.Media.Playback;

/// <summary>The sounds of a tenant that has none of its own, computed when first used: nobody else's music, and no voice.</summary>
public static class DefaultSounds
{
    // About −9 dB below full scale for tones, a little less for music: loud enough, and nothing is clipped further on.
    private const int TonePeak = 11_000;
    private const int MusicPeak = 9_000;

    private static readonly Lazy<AudioClip> LazyMusic = new(ComposeMusic);
    private static readonly Lazy<AudioClip> LazyNotInService = new(() => Special(784, 659, 523));
    private static readonly Lazy<AudioClip> LazyUnavailable = new(() => Special(523, 523, 440));
    private static readonly Lazy<AudioClip> LazyCallEnding = new(Beeps);

    /// <summary>Music on hold: a plucked melody over four chords, 19.2 s that join at their ends.</summary>
    public static AudioClip Music => LazyMusic.Value;

    /// <summary>The special information tone (ITU-T E.180/Q.35), then three falling notes: nobody has this number.</summary>
    public static AudioClip NotInService => LazyNotInService.Value;

    /// <summary>The special information tone, then three other notes: who has this number cannot be reached now.</summary>
    public static AudioClip Unavailable => LazyUnavailable.Value;

    /// <summary>Three short beeps: the call's time is about to end.</summary>
    public static AudioClip CallEnding => LazyCallEnding.Value;

    // ITU-T E.180/Q.35 §6: 950, 1400 and 1800 Hz for 330 ms each, one after the other.
    private static AudioClip Special(params ReadOnlySpan<double> notes)
    {
        var sketch = new Sketch(TimeSpan.FromSeconds(4));
        double[] tones = [950, 1400, 1800];
        for (var i = 0; i < tones.Length; i++)
            sketch.Tone(0.1 + 0.33 * i, 0.33, tones[i]);
        for (var i = 0; i < notes.Length; i++)
            sketch.Pluck(2 + 0.35 * i, 0.3, notes[i]);
        return sketch.ToClip(TonePeak);
    }

    private static AudioClip Beeps()
    {
        var sketch = new Sketch(TimeSpan.FromSeconds(1.2));
        for (var i = 0; i < 3; i++)
            sketch.Tone(0.1 + 0.35 * i, 0.2, 880);
        return sketch.ToClip(TonePeak);
    }

    private static AudioClip ComposeMusic()
    {
        const double Beat = 0.6;
        // C, A minor, F, G; each as low note and three of its chord.
        double[][] chords = [[130.81, 261.63, 329.63, 392.00], [110.00, 261.63, 329.63, 440.00], [87.31, 261.63, 349.23, 440.00], [98.00, 246.94, 293.66, 392.00]];
        // Two bars a line; 0 is a rest.
        double[] melody =
        [
            659.26, 0, 783.99, 659.26, 523.25, 0, 440.00, 523.25,
            698.46, 0, 880.00, 698.46, 587.33, 0, 493.88, 587.33,
            783.99, 659.26, 523.25, 659.26, 880.00, 0, 783.99, 659.26,
            698.46, 659.26, 587.33, 523.25, 493.88, 0, 587.33, 0,
        ];
        var sketch = new Sketch(TimeSpan.FromSeconds(melody.Length * Beat));
        for (var beat = 0; beat < melody.Length; beat++)
        {
            var chord = chords[beat / 4 % chords.Length];
            if (beat % 4 == 0)
                sketch.Pluck(beat * Beat, 0.9, chord[0], 0.9);
            sketch.Pluck(beat * Beat, 0.5, chord[1 + beat % 3], 0.5);
            sketch.Pluck((beat + 0.5) * Beat, 0.5, chord[1 + (beat + 1) % 3], 0.4);
            if (melody[beat] > 0)
                sketch.Pluck(beat * Beat, 0.7, melody[beat], 0.8);
        }

        return sketch.ToClip(MusicPeak);
    }
}
