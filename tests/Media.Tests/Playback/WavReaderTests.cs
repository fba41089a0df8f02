using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>WAV files that tenants upload: RIFF of IBM and Microsoft, format tags of RFC 2361.</summary>
public sealed class WavReaderTests
{
    private static readonly byte[] PcmGuid = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    [Theory]
    [InlineData(1, 1, 8000, 16, true)]
    [InlineData(6, 1, 8000, 8, true)]
    [InlineData(7, 1, 8000, 8, true)]
    [InlineData(7, 2, 8000, 8, false)]
    [InlineData(1, 1, 8000, 8, false)]
    [InlineData(1, 2, 44100, 24, false)]
    [InlineData(1, 8, 192000, 32, false)]
    [InlineData(3, 2, 48000, 32, false)]
    public void What_it_says_is_read_and_whether_phones_hear_it_so(int tag, int channels, int rate, int bits, bool isPlain)
    {
        var frame = channels * bits / 8;
        Assert.True(WavReader.TryRead(Wav.Of((ushort)tag, channels, rate, bits, new byte[rate * frame]), out var sound, out var refusal), refusal);

        Assert.Equal(((WavEncoding)tag, channels, rate, bits / 8), (sound.Encoding, sound.Channels, sound.SampleRateHz, sound.SampleBytes));
        Assert.Equal((rate, TimeSpan.FromSeconds(1)), (sound.Frames, sound.Duration));
        Assert.Equal(isPlain, sound.IsPlain);
    }

    [Fact]
    public void The_extensible_form_is_read_by_its_sub_format()
    {
        byte[] extension = [16, 0, 4, 0, 0, 0, .. PcmGuid];
        Assert.True(WavReader.TryRead(Wav.Of(0xFFFE, 1, 8000, 16, [1, 2], extension), out var sound, out _));
        Assert.Equal(WavEncoding.Linear, sound.Encoding);

        extension[^1] ^= 1;
        Assert.False(WavReader.TryRead(Wav.Of(0xFFFE, 1, 8000, 16, [1, 2], extension), out _, out var refusal));
        Assert.Contains("format 65534", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_chunks_are_passed_over_also_those_of_odd_length()
    {
        var file = Wav.File(
            Wav.Chunk("LIST", [1, 2, 3]), Wav.Chunk("fmt ", Wav.Format(6, 1, 8000, 8)), Wav.Chunk("fact", [0, 0, 0, 0]), Wav.Chunk("data", [9, 8, 7]), Wav.Chunk("id3 ", [5]));

        Assert.True(WavReader.TryRead(file, out var sound, out _));
        Assert.Equal([9, 8, 7], sound.Data.ToArray());
    }

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(7u)]
    public void A_length_that_is_not_there_is_not_believed(uint claimed)
    {
        // What writes to a pipe can't know the length; what was cut short knows a wrong one. Half a sample is none.
        Assert.True(WavReader.TryRead(Wav.Of(1, 1, 8000, 16, [1, 0, 2, 0, 3], claimed: claimed), out var sound, out _));
        Assert.Equal([1, 0, 2, 0], sound.Data[..4].ToArray());
        Assert.Equal(0, sound.Data.Length % 2);
    }

    [Theory]
    [InlineData(85, 1, 8000, 0, "format 85")]
    [InlineData(1, 0, 8000, 16, "0 channels")]
    [InlineData(1, 9, 8000, 16, "9 channels")]
    [InlineData(1, 1, 7999, 16, "7999 samples a second")]
    [InlineData(1, 1, -1, 16, "4294967295 samples a second")]
    [InlineData(1, 1, 8000, 12, "12 bits")]
    [InlineData(3, 1, 8000, 64, "64 bits")]
    [InlineData(6, 1, 8000, 16, "16 bits")]
    public void What_cannot_be_heard_is_refused_with_the_reason(int tag, int channels, int rate, int bits, string reason)
    {
        Assert.False(WavReader.TryRead(Wav.Of((ushort)tag, channels, rate, bits, new byte[64]), out var sound, out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.True(sound.Data.IsEmpty);
    }

    public static TheoryData<string, byte[], string> NoSounds => new()
    {
        { "empty", [], "no WAV file" },
        { "MP3", [.. "ID3\x04\0\0\0\0\0\0\0\0\0"u8], "an MP3 file" },
        { "MP3 frames", [0xFF, 0xFB, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0], "an MP3 file" },
        { "Ogg", [.. "OggS\0\u0002\0\0\0\0\0\0\0\0"u8], "an Ogg file" },
        { "FLAC", [.. "fLaC\0\0\0\u0022\0\0\0\0"u8], "a FLAC file" },
        { "MPEG-4", [.. "\0\0\0\u0020ftypM4A "u8], "an MPEG-4 file" },
        { "RF64", [.. "RF64\0\0\0\0WAVEds64"u8], "another kind of WAV" },
        { "head alone", [.. "RIFF\u0004\0\0\0WAVE"u8], "no data chunk" },
        { "no format", Wav.File(Wav.Chunk("data", [1, 2])), "no whole fmt chunk" },
        { "format behind the sound", Wav.File(Wav.Chunk("data", [1, 2]), Wav.Chunk("fmt ", Wav.Format(1, 1, 8000, 16))), "no whole fmt chunk" },
        { "half a format", Wav.File(Wav.Chunk("fmt ", [1, 0, 1, 0]), Wav.Chunk("data", [1, 2])), "no whole fmt chunk" },
        { "no samples", Wav.Of(1, 1, 8000, 16, []), "its data chunk is empty" },
        { "half a sample", Wav.Of(1, 1, 8000, 16, [1]), "its data chunk is empty" },
        { "a format longer than the file", Wav.File(Wav.Chunk("fmt ", Wav.Format(1, 1, 8000, 16), 0xFFFFFFF0)), "no data chunk" },
        { "frames that do not add up", Contradicting(), "contradicts itself" },
    };

    [Theory]
    [MemberData(nameof(NoSounds))]
    public void What_is_no_sound_is_refused_with_the_reason(string name, byte[] file, string reason)
    {
        Assert.False(WavReader.TryRead(file, out _, out var refusal), name);
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    private static byte[] Contradicting()
    {
        var format = Wav.Format(1, 2, 8000, 16);
        format[12] = 2;
        return Wav.File(Wav.Chunk("fmt ", format), Wav.Chunk("data", new byte[8]));
    }
}
