using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Media.Playback;

/// <summary>
/// Reads WAV files of strangers in place. No length that a file claims is believed: what counts is what is there, so that a file cut short or
/// written as a stream is read as far as it goes.
/// </summary>
public static class WavReader
{
    private const int RiffBytes = 12;
    private const int ChunkBytes = 8;
    private const int FormatBytes = 16;
    private const int ExtensibleBytes = 40;
    private const ushort Extensible = 0xFFFE;
    private const int MaxChannels = 8;

    /// <summary>The rates that are read, in Hz.</summary>
    public static ReadOnlySpan<int> SampleRates => [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 96000, 192000];

    // The end of each GUID that stands for a format tag (KSDATAFORMAT_SUBTYPE_WAVEFORMATEX).
    private static ReadOnlySpan<byte> TagGuid => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Finds the sound in a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="sound">Its sound, of <paramref name="file"/>'s memory.</param>
    /// <param name="refusal">Why there is none, in one sentence for people; null when there is.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, out WavSound sound, [NotNullWhen(false)] out string? refusal)
    {
        sound = default;
        refusal = file.Length >= RiffBytes && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WAVE"u8) ? null : WhyNoWav(file);
        if (refusal is not null)
            return false;

        ReadOnlySpan<byte> format = default;
        for (var rest = file[RiffBytes..]; rest.Length >= ChunkBytes;)
        {
            var body = rest[ChunkBytes..];
            var claimed = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var chunk = body[..(int)Math.Min(claimed, (uint)body.Length)];
            if (rest.StartsWith("fmt "u8))
                format = chunk;
            else if (rest.StartsWith("data"u8))
                return TryRead(format, chunk, out sound, out refusal);

            // A chunk of odd length is padded to an even one.
            rest = body[Math.Min(chunk.Length + (chunk.Length & 1), body.Length)..];
        }

        refusal = "The WAV file has no sound: there is no data chunk.";
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, out WavSound sound, [NotNullWhen(false)] out string? refusal)
    {
        sound = default;
        if (format.Length < FormatBytes)
        {
            refusal = "The WAV file does not say what its samples are: there is no whole fmt chunk before them.";
            return false;
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int frame = BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var encoding = (WavEncoding)TagOf(format);
        refusal = WhyNot(encoding, bits) ?? WhyNot(channels, rate);
        if (refusal is null && frame != channels * bits / 8)
            refusal = $"The WAV file contradicts itself: {channels} × {bits} bits are not {frame} bytes.";
        else if (refusal is null && data.Length < frame)
            refusal = "The WAV file has no sound: its data chunk is empty.";
        if (refusal is not null)
            return false;

        sound = new(encoding, channels, (int)rate, bits / 8, data);
        return true;
    }

    private static int TagOf(ReadOnlySpan<byte> format)
    {
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        return tag == Extensible && format.Length >= ExtensibleBytes && format[26..ExtensibleBytes].SequenceEqual(TagGuid)
            ? BinaryPrimitives.ReadUInt16LittleEndian(format[24..])
            : tag;
    }

    private static string? WhyNot(WavEncoding encoding, int bits) => (encoding, bits) switch
    {
        (WavEncoding.Linear, 8 or 16 or 24 or 32) or (WavEncoding.Float, 32) or (WavEncoding.Alaw or WavEncoding.Mulaw, 8) => null,
        (WavEncoding.Linear or WavEncoding.Float or WavEncoding.Alaw or WavEncoding.Mulaw, _) =>
            $"Samples of {bits} bits can't be read: PCM has 8, 16, 24 or 32, floating point 32, G.711 8.",
        _ => $"The sound is encoded as format {(int)encoding}: only PCM and G.711 (A-law, µ-law) can be read.",
    };

    private static string? WhyNot(int channels, uint rate)
    {
        if (channels is < 1 or > MaxChannels)
            return $"{channels} channels can't be read: a file has 1 to {MaxChannels}.";

        return rate <= int.MaxValue && SampleRates.Contains((int)rate)
            ? null
            : $"{rate} samples a second can't be read: a file has {string.Join(", ", SampleRates.ToArray())}.";
    }

    private static string WhyNoWav(ReadOnlySpan<byte> file)
    {
        var kind = file switch
        {
            _ when file.StartsWith("ID3"u8) || file is [0xFF, >= 0xE0, ..] => "an MP3 file",
            _ when file.StartsWith("OggS"u8) => "an Ogg file",
            _ when file.StartsWith("fLaC"u8) => "a FLAC file",
            _ when file.Length >= RiffBytes && file[4..].StartsWith("ftyp"u8) => "an MPEG-4 file",
            _ when file.StartsWith("RF64"u8) || file.StartsWith("RIFX"u8) => "another kind of WAV file (RF64 or big-endian)",
            _ => null,
        };
        return kind is null ? "This is no WAV file." : $"This is {kind}. It must be a WAV file.";
    }
}
