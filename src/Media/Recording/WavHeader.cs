using System.Buffers.Binary;
using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Recording;

/// <summary>The head of a WAV file of G.711: RIFF with the chunks fmt, fact and data (RFC 2361, appendix A.1).</summary>
public static class WavHeader
{
    /// <summary>Bytes of the head; samples begin behind it.</summary>
    public const int Length = 58;

    /// <summary>The most bytes of samples in a file: its lengths have 32 bits.</summary>
    public const long MaxDataBytes = uint.MaxValue - Length - 1;

    // RFC 2361: WAVE_FORMAT_ALAW and WAVE_FORMAT_MULAW.
    private const ushort Alaw = 6;
    private const ushort Mulaw = 7;

    /// <summary>Writes the head of a file.</summary>
    /// <param name="header">At least <see cref="Length"/> bytes.</param>
    /// <param name="format">What the file holds.</param>
    /// <param name="dataBytes">How many bytes of samples, up to <see cref="MaxDataBytes"/>.</param>
    public static void Write(Span<byte> header, WavFormat format, long dataBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dataBytes, MaxDataBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(Length - 8 + dataBytes));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 18);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], format.Law == G711Law.Alaw ? Alaw : Mulaw);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)format.Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], WavFormat.SampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(WavFormat.SampleRateHz * format.Channels));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)format.Channels);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8);
        BinaryPrimitives.WriteUInt16LittleEndian(header[36..], 0);
        "fact"u8.CopyTo(header[38..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[46..], (uint)(dataBytes / format.Channels));
        "data"u8.CopyTo(header[50..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[54..], (uint)dataBytes);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, but for the lengths: of a file cut short they are wrong.</summary>
    /// <returns>Whether it is such a head.</returns>
    public static bool TryRead(ReadOnlySpan<byte> header, out WavFormat format)
    {
        format = default;
        if (header.Length < Length || !header.StartsWith("RIFF"u8) || !header[8..].StartsWith("WAVEfmt "u8) || !header[50..].StartsWith("data"u8))
            return false;

        var law = BinaryPrimitives.ReadUInt16LittleEndian(header[20..]);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(header[22..]);
        format = new WavFormat(law == Alaw ? G711Law.Alaw : G711Law.Mulaw, channels);
        return law is Alaw or Mulaw && channels is 1 or 2;
    }
}
