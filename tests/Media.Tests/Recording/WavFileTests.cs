using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Recording;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Recording;

/// <summary>WAV files of G.711 (RFC 2361), whole and cut short.</summary>
public sealed class WavFileTests : IDisposable
{
    private static readonly WavFormat Stereo = new(G711Law.Alaw, 2);

    private readonly TestFolder _folder = new("recording");

    [Fact]
    public void A_finished_file_says_what_it_holds()
    {
        var path = Write(Stereo, new byte[32_000], finish: true);

        var bytes = File.ReadAllBytes(path);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal(bytes.Length - 8, BitConverter.ToInt32(bytes, 4));
        // WAVE_FORMAT_ALAW, two channels, 8 kHz, 16,000 bytes a second in frames of 2, 8 bits.
        Assert.Equal([6, 0, 2, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 8, 0], bytes[20..36]);
        Assert.Equal(16_000, BitConverter.ToInt32(bytes, 46));
        Assert.Equal(32_000, BitConverter.ToInt32(bytes, 54));
        Assert.Equal(TimeSpan.FromSeconds(2), Stereo.DurationOf(32_000));
    }

    [Fact]
    public void A_file_cut_anywhere_is_mended_to_what_whole_moments_it_has()
    {
        Prop.ForAll(Gen.Choose(0, 5_000).ToArbitrary(), Gen.Elements(1, 2).ToArbitrary(), (cut, channels) =>
        {
            var format = new WavFormat(G711Law.Mulaw, channels);
            var path = Write(format, [.. Enumerable.Range(0, 5_000).Select(i => (byte)i)], finish: false);
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            file.SetLength(cut);

            var hasSound = WavFile.Mend(file, out var found, out var bytes);

            var expected = Math.Max(0, cut - WavHeader.Length) & ~1;
            return hasSound == expected > 0
                && (cut < WavHeader.Length || found == format && bytes == expected && file.Length == WavHeader.Length + expected && SaysItsLength(file));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_whole_file_is_not_written_again()
    {
        var path = Write(Stereo, new byte[3_200], finish: true);
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written);

        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            Assert.True(WavFile.Mend(file, out var format, out var bytes));
            Assert.Equal((Stereo, 3_200L, 0L), (format, bytes, file.Position));
        }

        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void What_is_no_recording_is_not_touched()
    {
        var path = _folder.Combine("text.wav");
        File.WriteAllText(path, new string('x', 200));
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);

        Assert.False(WavFile.Mend(file, out _, out _));
        Assert.Equal(200, file.Length);
    }

    [Fact]
    public void A_file_is_its_owners_alone()
    {
        var path = Write(Stereo, [1, 2], finish: true);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Throws<IOException>(() => WavFile.Create(path, Stereo));
    }

    [Fact]
    public void Nobody_reads_a_file_that_is_written()
    {
        var path = _folder.Combine("open.wav");
        using var file = WavFile.Create(path, Stereo);

        Assert.Throws<IOException>(() => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(WavFormat format, byte[] samples, bool finish)
    {
        var path = _folder.Combine($"{Guid.NewGuid():N}.wav");
        using var file = WavFile.Create(path, format);
        file.Append(samples);
        if (finish)
            file.Finish();
        return path;
    }

    private static bool SaysItsLength(FileStream file)
    {
        var header = new byte[WavHeader.Length];
        file.Position = 0;
        file.ReadExactly(header);
        return BitConverter.ToUInt32(header, 4) == file.Length - 8 && BitConverter.ToUInt32(header, 54) == file.Length - WavHeader.Length;
    }
}
