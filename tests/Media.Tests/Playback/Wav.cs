using System.Buffers.Binary;

namespace TekSipCloud.Media.Tests.Playback;

/// <summary>WAV files as programs write them, and as nobody should.</summary>
internal static class Wav
{
    public static byte[] Of(ushort tag, int channels, int rate, int bits, byte[] data, byte[]? extension = null, uint? claimed = null) =>
        File(Chunk("fmt ", Format(tag, channels, rate, bits, extension)), Chunk("data", data, claimed));

    /// <summary>A sine on every channel, in 16 bits.</summary>
    public static byte[] Sine(int hertz, double seconds, int rate = 8000, int channels = 1, int peak = 10_000)
    {
        var data = new byte[(int)(seconds * rate) * channels * 2];
        for (var i = 0; i < data.Length / 2; i++)
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), (short)(peak * Math.Sin(2 * Math.PI * hertz * (i / channels) / rate)));

        return Of(1, channels, rate, 16, data);
    }

    public static byte[] File(params ReadOnlySpan<byte[]> chunks)
    {
        var body = new List<byte>("WAVE"u8.ToArray());
        foreach (var chunk in chunks)
            body.AddRange(chunk);

        return Chunk("RIFF", [.. body]);
    }

    public static byte[] Chunk(string name, byte[] body, uint? claimed = null) =>
        [.. System.Text.Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(claimed ?? (uint)body.Length), .. body, .. new byte[body.Length & 1]];

    public static byte[] Format(ushort tag, int channels, int rate, int bits, byte[]? extension = null)
    {
        var frame = (ushort)(channels * bits / 8);
        return
        [
            .. BitConverter.GetBytes(tag), .. BitConverter.GetBytes((ushort)channels), .. BitConverter.GetBytes(rate), .. BitConverter.GetBytes(rate * frame),
            .. BitConverter.GetBytes(frame), .. BitConverter.GetBytes((ushort)bits), .. extension is null ? [] : BitConverter.GetBytes((ushort)extension.Length), .. extension ?? [],
        ];
    }
}
