using System.Buffers.Binary;
using TekSipCloud.Media.Codecs;
using TekSipCloud.Media.Recording;

namespace TekSipCloud.Media.Playback;

/// <summary>Writes sounds in the one form that they are kept in: WAV, one channel at 8 kHz, of 16 bits or of G.711.</summary>
public static class WavWriter
{
    // RIFF, fmt and data, without what only other formats need.
    private const int LinearHeadBytes = 44;

    /// <summary>A file of linear samples.</summary>
    /// <param name="samples">At 8,000 a second.</param>
    public static byte[] Of(ReadOnlySpan<short> samples)
    {
        var file = new byte[LinearHeadBytes + 2 * samples.Length];
        var head = file.AsSpan();
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], (short)WavEncoding.Linear);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], AudioClip.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], AudioClip.SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 16);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(head[(LinearHeadBytes + 2 * i)..], samples[i]);

        return file;
    }

    /// <summary>A file of a sound: as it is where phones can hear it so, else converted. Nothing else of what it came in is kept.</summary>
    public static byte[] Of(WavSound sound) =>
        sound is { IsPlain: true, Law: { } law } ? Of(sound.Data, law) : Of(SoundConversion.ToSamples(sound));

    /// <summary>A file of a clip.</summary>
    public static byte[] Of(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Of(clip.Codes(G711Law.Mulaw), G711Law.Mulaw);
    }

    private static byte[] Of(ReadOnlySpan<byte> codes, G711Law law)
    {
        var file = new byte[WavHeader.Length + codes.Length];
        WavHeader.Write(file, new WavFormat(law, 1), codes.Length);
        codes.CopyTo(file.AsSpan(WavHeader.Length));
        return file;
    }
}
