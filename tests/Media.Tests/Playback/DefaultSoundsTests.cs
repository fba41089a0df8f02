using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>The sounds that are computed.</summary>
public sealed class DefaultSoundsTests
{
    [Theory]
    [InlineData(0.1, 950)]
    [InlineData(0.43, 1400)]
    [InlineData(0.76, 1800)]
    public void An_announcement_begins_with_the_special_information_tone(double seconds, int hertz)
    {
        // ITU-T E.180/Q.35 §6: three tones of 330 ms.
        Assert.InRange(ShareOf(hertz, DefaultSounds.NotInService, seconds + 0.02, 0.2), 0.95, 1.01);
        Assert.InRange(ShareOf(hertz, DefaultSounds.Unavailable, seconds + 0.02, 0.2), 0.95, 1.01);
    }

    [Fact]
    public void The_end_of_a_calls_time_is_three_beeps()
    {
        for (var i = 0; i < 3; i++)
            Assert.InRange(ShareOf(880, DefaultSounds.CallEnding, 0.125 + 0.35 * i, 0.15), 0.95, 1.01);
    }

    [Fact]
    public void The_music_never_pauses_is_never_clipped_and_joins_at_its_ends()
    {
        var samples = Samples(DefaultSounds.Music);

        Assert.Equal(TimeSpan.FromSeconds(19.2), DefaultSounds.Music.Duration);
        Assert.InRange(samples.Max(Math.Abs), 8_000, 10_000);
        // A fifth of a second anywhere, the ends included, is loud enough to be heard.
        for (var at = 0; at < samples.Length; at += 1600)
            Assert.InRange(Enumerable.Range(at, 1600).Average(i => samples[i % samples.Length] * samples[i % samples.Length]), 300.0 * 300.0, 10_000.0 * 10_000.0);
        Assert.InRange(Math.Abs(samples[0] - samples[^1]), 0, 1500);
    }

    /// <summary>Goertzel: a pure sine's share of the power is 1.</summary>
    private static double ShareOf(int hertz, AudioClip clip, double from, double seconds)
    {
        var samples = Samples(clip).AsSpan((int)(from * AudioClip.SampleRate), (int)(seconds * AudioClip.SampleRate));
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / AudioClip.SampleRate);
        double s1 = 0, s2 = 0, power = 0;
        foreach (var sample in samples)
        {
            (s1, s2) = (sample + coefficient * s1 - s2, s1);
            power += sample * sample;
        }

        return 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / (samples.Length * power);
    }

    private static double[] Samples(AudioClip clip) =>
    [
        .. Enumerable.Range(0, clip.Frames).SelectMany(i => clip.Frame(G711Law.Mulaw, i).ToArray()).Select(code => (double)G711.SamplesOf(G711Law.Mulaw)[code]),
    ];
}
