namespace TekSipCloud.Media.Playback;

/// <summary>ITU-T G.711: logarithmic companding of 16-bit samples to one byte each.</summary>
public static class G711
{
    /// <summary>Silence in µ-law.</summary>
    public const byte MuLawSilence = 0xFF;

    /// <summary>Silence in A-law.</summary>
    public const byte ALawSilence = 0xD5;

    private const int MuLawBias = 0x84;
    private const int MuLawClip = 32635;
    private const int ALawClip = 32767;
    private const byte ALawEvenBits = 0x55;
    private const int SegmentBits = 4;

    /// <summary>A sample by a law.</summary>
    public static byte Encode(short sample, G711Law law) => law == G711Law.ALaw ? EncodeALaw(sample) : EncodeMuLaw(sample);

    /// <summary>The sample in the middle of what a byte stands for.</summary>
    public static short Decode(byte code, G711Law law) => law == G711Law.ALaw ? DecodeALaw(code) : DecodeMuLaw(code);

    /// <summary>What is heard as nothing.</summary>
    public static byte SilenceOf(G711Law law) => law == G711Law.ALaw ? ALawSilence : MuLawSilence;

    // G.711 §3.2, table 2: sign, three bits of segment, four of step; all inverted on the line.
    private static byte EncodeMuLaw(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), MuLawClip) + MuLawBias;
        var segment = Math.Max(0, int.Log2(magnitude) - 7);
        var step = magnitude >> (segment + 3) & 0x0F;
        return (byte)~(sign | segment << SegmentBits | step);
    }

    private static short DecodeMuLaw(byte code)
    {
        var inverted = (byte)~code;
        var segment = inverted >> SegmentBits & 0x07;
        var magnitude = (((inverted & 0x0F) << 3) + MuLawBias << segment) - MuLawBias;
        return (short)((inverted & 0x80) != 0 ? -magnitude : magnitude);
    }

    // G.711 §3.1, table 1: the sign bit is 1 for positive values, and even bits are inverted on the line.
    private static byte EncodeALaw(short sample)
    {
        var isNegative = sample < 0;
        var magnitude = Math.Min(isNegative ? -(sample + 1) : sample, ALawClip);
        var segment = Math.Max(0, int.Log2(Math.Max(1, magnitude)) - 7);
        var step = magnitude >> (segment == 0 ? 4 : segment + 3) & 0x0F;
        return (byte)((isNegative ? 0 : 0x80) ^ ALawEvenBits ^ (segment << SegmentBits | step));
    }

    private static short DecodeALaw(byte code)
    {
        var plain = code ^ ALawEvenBits;
        var segment = plain >> SegmentBits & 0x07;
        var magnitude = (plain & 0x0F) << 4;
        magnitude = segment == 0 ? magnitude + 8 : magnitude + 0x108 << (segment - 1);
        return (short)((plain & 0x80) != 0 ? magnitude : -magnitude);
    }
}
