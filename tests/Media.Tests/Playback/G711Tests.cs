using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>ITU-T G.711.</summary>
public sealed class G711Tests
{
    private const byte NegativeZero = 0x7F;

    [Theory]
    [InlineData(G711Law.MuLaw)]
    [InlineData(G711Law.ALaw)]
    public void Every_byte_is_what_its_sample_becomes(G711Law law)
    {
        for (var code = 0; code <= byte.MaxValue; code++)
        {
            // µ-law has two zeros.
            var expected = law == G711Law.MuLaw && code == NegativeZero ? G711.MuLawSilence : code;
            Assert.Equal(expected, G711.Encode(G711.Decode((byte)code, law), law));
        }
    }

    [Theory]
    [InlineData(G711Law.MuLaw)]
    [InlineData(G711Law.ALaw)]
    public void A_sample_comes_back_within_its_segments_step(G711Law law) =>
        Prop.ForAll(Gen.Choose(short.MinValue, short.MaxValue).ToArbitrary(), sample =>
        {
            var error = Math.Abs(G711.Decode(G711.Encode((short)sample, law), law) - sample);
            // Sixteen steps to a segment, each segment twice as wide: one part in 32, or the widest step at the clipped end.
            return error <= Math.Max(16, Math.Abs(sample) / 32 + 8);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(G711Law.MuLaw, 0, 0xFF)]
    [InlineData(G711Law.MuLaw, 32767, 0x80)]
    [InlineData(G711Law.MuLaw, -32768, 0x00)]
    [InlineData(G711Law.ALaw, 0, 0xD5)]
    [InlineData(G711Law.ALaw, 32767, 0xAA)]
    [InlineData(G711Law.ALaw, -32768, 0x2A)]
    public void The_ends_and_the_middle_are_those_of_the_tables(G711Law law, int sample, int code) =>
        Assert.Equal(code, G711.Encode((short)sample, law));

    [Fact]
    public void A_clip_ends_in_silence_where_its_sound_does_not_fill_the_frame()
    {
        var clip = AudioClip.FromSamples(new short[AudioClip.FrameBytes + 1]);

        Assert.Equal(2, clip.Frames);
        Assert.Equal(TimeSpan.FromMilliseconds(40), clip.Duration);
        Assert.Equal(G711.ALawSilence, clip.Frame(G711Law.ALaw, 1)[^1]);
        Assert.Equal(G711.MuLawSilence, clip.Frame(G711Law.MuLaw, 1)[^1]);
    }
}
