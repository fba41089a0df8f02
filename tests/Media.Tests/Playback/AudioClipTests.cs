using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>What is ready to be sent.</summary>
public sealed class AudioClipTests
{
    [Fact]
    public void A_clip_ends_in_silence_where_its_sound_does_not_fill_the_frame()
    {
        var clip = AudioClip.FromSamples(new short[AudioClip.FrameBytes + 1]);

        Assert.Equal(2, clip.Frames);
        Assert.Equal(TimeSpan.FromMilliseconds(40), clip.Duration);
        Assert.Equal(0xD5, clip.Frame(G711Law.Alaw, 1)[^1]);
        Assert.Equal(0xFF, clip.Frame(G711Law.Mulaw, 1)[^1]);
    }

    [Theory]
    [InlineData(G711Law.Mulaw, G711Law.Alaw)]
    [InlineData(G711Law.Alaw, G711Law.Mulaw)]
    public void What_is_G711_already_is_sent_as_it_is_and_by_the_other_law_sounds_the_same(G711Law law, G711Law other)
    {
        var codes = Enumerable.Range(0, 200).Select(i => (byte)i).ToArray();
        var clip = AudioClip.FromCodes(codes, law);

        Assert.Equal(codes, clip.Codes(law)[..200]);
        Assert.Equal(Enumerable.Repeat(G711.SilenceOf(law), 120), clip.Codes(law)[200..].ToArray());
        Assert.Equal(codes.Select(code => G711.CodesIn(other)[code]), clip.Codes(other)[..200].ToArray());
        Assert.Equal(640, clip.Bytes);
    }
}
