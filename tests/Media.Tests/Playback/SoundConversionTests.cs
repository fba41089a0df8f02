using System.Buffers.Binary;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>What becomes of sounds that phones can't hear as they are.</summary>
public sealed class SoundConversionTests
{
    public static TheoryData<int> OtherRates => [.. WavReader.SampleRates.ToArray().Where(rate => rate != AudioClip.SampleRate)];

    [Theory]
    [MemberData(nameof(OtherRates))]
    public void What_a_telephone_carries_passes_at_every_rate(int rate)
    {
        foreach (var hertz in new[] { 300, 1000, 3300 })
        {
            var samples = Converted(Wav.Sine(hertz, 0.5, rate, channels: 2));

            Assert.InRange(samples.Length, 3999, 4000);
            // Away from the ends, where the filter begins and ends in silence.
            Assert.InRange(Power(samples, 0, 3600) / 50_000_000, 0.97, 1.03);
            Assert.InRange(ShareOf(hertz, samples), 0.999, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(OtherRates))]
    public void What_a_telephone_does_not_carry_is_not_heard_as_something_else(int rate)
    {
        // Without the filter 4.5 kHz would be heard at 3.5 kHz. 60 dB down.
        foreach (var hertz in new[] { 4500, 5200, rate / 2 - 100 })
            Assert.InRange(Power(Converted(Wav.Sine(hertz, 0.5, rate)), 0, 3600), 0, 50_000_000 * 1e-6 + 1);
    }

    [Fact]
    public void Channels_are_averaged()
    {
        var data = new byte[4 * 200];
        for (var i = 0; i < 200; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(4 * i), 3000);
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(4 * i + 2), -1000);
        }

        Assert.All(Converted(Wav.Of(1, 2, 8000, 16, data)), sample => Assert.Equal(1000, sample));
    }

    [Theory]
    [InlineData(1, 8, new byte[] { 0x80, 0xC0, 0x00 }, new short[] { 0, 16384, -32768 })]
    [InlineData(1, 16, new byte[] { 0, 0, 0, 0x40, 0xFF, 0x7F }, new short[] { 0, 16384, 32767 })]
    [InlineData(1, 24, new byte[] { 0, 0, 0x40, 0, 0, 0x80, 0xFF, 0xFF, 0x7F }, new short[] { 16384, -32768, 32767 })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0x40, 0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F }, new short[] { 16384, -32768, 32767 })]
    [InlineData(3, 32, new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xBF, 0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0xFF }, new short[] { 32767, -16384, 0, 0 })]
    [InlineData(7, 8, new byte[] { 0xFF, 0x80 }, new short[] { 0, 32124 })]
    public void Every_width_of_a_sample_has_the_same_scale(int tag, int bits, byte[] data, short[] expected) =>
        Assert.Equal(expected, Converted(Wav.Of((ushort)tag, 1, 8000, bits, data)));

    [Fact]
    public void G711_is_kept_as_it_is()
    {
        byte[] codes = [0x00, 0x55, 0xD5, 0xFF, 0x80];
        Assert.True(WavReader.TryRead(Wav.Of(6, 1, 8000, 8, codes), out var sound, out _));
        Assert.True(WavReader.TryRead(WavWriter.Of(sound), out var kept, out _));

        Assert.Equal((G711Law?)G711Law.Alaw, kept.Law);
        Assert.Equal(codes, kept.Data.ToArray());
    }

    [Fact]
    public void A_clip_written_as_a_file_is_that_clip()
    {
        Assert.True(WavReader.TryRead(WavWriter.Of(DefaultSounds.CallEnding), out var sound, out _));
        Assert.Equal(DefaultSounds.CallEnding.Codes(G711Law.Mulaw), AudioClip.FromWav(sound).Codes(G711Law.Mulaw));
    }

    private static short[] Converted(byte[] file)
    {
        Assert.True(WavReader.TryRead(file, out var sound, out var refusal), refusal);
        return SoundConversion.ToSamples(sound);
    }

    private static double Power(short[] samples, int from, int to) => samples[(from + 200)..to].Average(sample => (double)sample * sample);

    /// <summary>Goertzel: a pure sine's share of the power is 1.</summary>
    private static double ShareOf(int hertz, short[] samples)
    {
        var inner = samples.AsSpan(200, 3200);
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / AudioClip.SampleRate);
        double s1 = 0, s2 = 0, power = 0;
        foreach (var sample in inner)
        {
            (s1, s2) = (sample + coefficient * s1 - s2, s1);
            power += (double)sample * sample;
        }

        return 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / (inner.Length * power);
    }
}
