using System.Numerics;

namespace TekSipCloud.Media.Codecs;

/// <summary>Turns samples of ITU-T G.711 into linear ones of 16 bits, and back.</summary>
public static class G711
{
    private const int MulawBias = 0x84;
    private const int MulawClip = 32635;

    private static readonly short[] MulawSamples = [.. Enumerable.Range(0, 256).Select(code => DecodeMulaw((byte)code))];
    private static readonly short[] AlawSamples = [.. Enumerable.Range(0, 256).Select(code => DecodeAlaw((byte)code))];
    private static readonly byte[] ToMulaw = [.. AlawSamples.Select(EncodeMulaw)];
    private static readonly byte[] ToAlaw = [.. MulawSamples.Select(EncodeAlaw)];

    /// <summary>The code of silence.</summary>
    public static byte SilenceOf(G711Law law) => law == G711Law.Alaw ? (byte)0xD5 : (byte)0xFF;

    /// <summary>The linear samples of all 256 codes.</summary>
    public static ReadOnlySpan<short> SamplesOf(G711Law law) => law == G711Law.Alaw ? AlawSamples : MulawSamples;

    /// <summary>A linear sample's code.</summary>
    public static byte Encode(short sample, G711Law law) => law == G711Law.Alaw ? EncodeAlaw(sample) : EncodeMulaw(sample);

    /// <summary>The codes of one law that sound as those of the other do.</summary>
    public static ReadOnlySpan<byte> CodesIn(G711Law law) => law == G711Law.Alaw ? ToAlaw : ToMulaw;

    private static short DecodeMulaw(byte code)
    {
        var bits = ~code & 0xFF;
        var magnitude = (((bits & 0x0F) << 3) + MulawBias) << ((bits & 0x70) >> 4);
        return (short)((bits & 0x80) != 0 ? MulawBias - magnitude : magnitude - MulawBias);
    }

    private static byte EncodeMulaw(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), MulawClip) + MulawBias;
        var segment = BitOperations.Log2((uint)magnitude) - 7;
        return (byte)~(sign | segment << 4 | magnitude >> (segment + 3) & 0x0F);
    }

    private static short DecodeAlaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits & 0x70) >> 4;
        var magnitude = (bits & 0x0F) << 4;
        magnitude = segment == 0 ? magnitude + 8 : (magnitude + 0x108) << (segment - 1);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte EncodeAlaw(short sample)
    {
        // G.711 table 1a: positive ones have the sign bit; -1 is the first of the negative ones.
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = sample >= 0 ? sample : -sample - 1;
        var segment = Math.Max(0, BitOperations.Log2((uint)magnitude | 1) - 7);
        return (byte)((sign | segment << 4 | magnitude >> (segment == 0 ? 4 : segment + 3) & 0x0F) ^ 0x55);
    }
}
