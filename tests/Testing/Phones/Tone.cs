using System.Buffers.Binary;

namespace TekSipCloud.Testing.Phones;

/// <summary>Makes and recognizes sine tones in WAV files of 16-bit mono samples, 8,000 a second.</summary>
public static class Tone
{
    private const int Rate = 8_000;
    private const int HeaderLength = 44;

    /// <summary>200 ms: windows then hold whole periods of every multiple of 5 Hz.</summary>
    private const int Window = Rate / 5;

    /// <summary>Writes a tone.</summary>
    public static void Write(string file, int hertz, TimeSpan duration)
    {
        var samples = (int)(duration.TotalSeconds * Rate);
        var bytes = new byte[HeaderLength + (samples * 2)];
        WriteHeader(bytes);
        for (var i = 0; i < samples; i++)
        {
            var sample = (short)(12_000 * Math.Sin(2 * Math.PI * hertz * i / Rate));
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderLength + (i * 2)), sample);
        }

        File.WriteAllBytes(file, bytes);
    }

    /// <summary>A tone as G.711 µ-law has it, as long as a window: put end to end it has no seam when it is a multiple of 5 Hz.</summary>
    public static byte[] InMulaw(int hertz) =>
    [
        .. Enumerable.Range(0, Window)
            .Select(i => 12_000 * Math.Sin(2 * Math.PI * hertz * i / Rate))
            .Select(sample => (byte)Enumerable.Range(0, 256).MinBy(code => Math.Abs(RecordedSound.DecodeMulaw((byte)code) - sample))),
    ];

    /// <summary>How much of a recording is this tone and nothing else. The file may still be growing.</summary>
    public static TimeSpan Measure(string file, int hertz) => Measure(Read(file), hertz);

    /// <summary>The same of samples in memory.</summary>
    public static TimeSpan Measure(ReadOnlySpan<short> sound, int hertz)
    {
        var windows = 0;
        for (var at = 0; at + Window <= sound.Length; at += Window)
        {
            if (IsTone(sound.Slice(at, Window), hertz))
                windows++;
        }

        return TimeSpan.FromSeconds((double)windows * Window / Rate);
    }

    /// <summary>The loudest sample of a recording, of 32,767. The file may still be growing.</summary>
    public static int Loudest(string file) => Read(file).Select(sample => Math.Abs((int)sample)).DefaultIfEmpty().Max();

    private static short[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var samples = new short[Math.Max(0, (length - HeaderLength) / 2)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(HeaderLength + (i * 2)));

        return samples;
    }

    /// <summary>Goertzel: the tone's share of the window's power is 1 for a pure sine.</summary>
    private static bool IsTone(ReadOnlySpan<short> samples, int hertz)
    {
        const double LeastPower = 1_000.0 * 1_000.0;
        const double LeastShare = 0.9;
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / Rate);
        double s1 = 0, s2 = 0, power = 0;
        foreach (var sample in samples)
        {
            (s1, s2) = (sample + (coefficient * s1) - s2, s1);
            power += (double)sample * sample;
        }

        var tone = (s1 * s1) + (s2 * s2) - (coefficient * s1 * s2);
        return power / samples.Length >= LeastPower && 2 * tone / (samples.Length * power) >= LeastShare;
    }

    private static void WriteHeader(byte[] bytes)
    {
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), bytes.Length - HeaderLength);
    }
}
