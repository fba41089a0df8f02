using System.Buffers.Binary;

namespace TekSipCloud.Testing.Phones;

/// <summary>The channels of a WAV file of G.711, as the product records calls and keeps sounds.</summary>
public sealed class RecordedSound
{
    private const int HeaderLength = 58;
    private const int Alaw = 6;
    private const int Rate = 8_000;

    private readonly short[][] _channels;

    /// <summary>Reads a whole file.</summary>
    public RecordedSound(byte[] wav)
    {
        var isAlaw = BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(20)) == Alaw;
        var channels = BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22));
        DeclaredBytes = BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(54));
        var samples = wav[HeaderLength..].Select(code => isAlaw ? DecodeAlaw(code) : DecodeMulaw(code)).ToArray();
        _channels = [.. Enumerable.Range(0, channels).Select(channel => samples.Where((_, i) => i % channels == channel).ToArray())];
        IsWhole = DeclaredBytes == wav.Length - HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)) == wav.Length - 8;
    }

    /// <summary>The bytes of sound that the head tells of.</summary>
    public long DeclaredBytes { get; }

    /// <summary>Whether the head tells the file's own lengths.</summary>
    public bool IsWhole { get; }

    /// <summary>How long it lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_channels[0].Length / Rate);

    /// <summary>How much of a channel is this tone and nothing else.</summary>
    public TimeSpan Measure(int channel, int hertz) => Tone.Measure(_channels[channel], hertz);

    /// <summary>A channel's samples.</summary>
    internal short[] Channel(int channel) => _channels[channel];

    // ITU-T G.711, tables 1a and 2a.
    private static short DecodeAlaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = bits >> 4 & 7;
        var magnitude = (bits & 15) << 4 | 8;
        magnitude = segment == 0 ? magnitude : (magnitude | 0x100) << segment - 1;
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    internal static short DecodeMulaw(byte code)
    {
        var bits = ~code;
        var magnitude = (((bits & 15) << 3 | 0x84) << (bits >> 4 & 7)) - 0x84;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
