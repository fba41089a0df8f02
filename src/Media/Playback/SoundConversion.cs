using System.Buffers.Binary;
using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Playback;

/// <summary>Makes of any sound that can be read what phones hear: one channel of 16 bits at 8 kHz.</summary>
public static class SoundConversion
{
    private const int OutputsAtOnce = 1024;

    /// <summary>Converts. Channels are averaged; another rate goes through a low-pass filter, so that nothing is heard that was not there.</summary>
    /// <returns>At 8,000 a second; one at least.</returns>
    public static short[] ToSamples(WavSound sound)
    {
        if (sound.SampleRateHz == AudioClip.SampleRate)
        {
            var plain = new float[sound.Frames];
            Mix(sound, 0, plain);
            return [.. plain.Select(Rounded)];
        }

        var resampler = new Resampler(sound.SampleRateHz, AudioClip.SampleRate);
        var samples = new short[Math.Max(1, resampler.CountOutputs(sound.Frames))];
        var window = new float[resampler.InputsOf(OutputsAtOnce)];
        for (var done = 0; done < samples.Length; done += OutputsAtOnce)
        {
            var outputs = samples.AsSpan(done, Math.Min(OutputsAtOnce, samples.Length - done));
            var first = resampler.FirstInputOf(done);
            Mix(sound, first, window);
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = Rounded(resampler.Output(window, first, done + i));
        }

        return samples;
    }

    /// <summary>The mean of the channels from some frame on; silence before the first and behind the last.</summary>
    private static void Mix(WavSound sound, long first, Span<float> mixed)
    {
        for (var i = 0; i < mixed.Length; i++)
        {
            var frame = first + i;
            mixed[i] = frame >= 0 && frame < sound.Frames ? Mean(sound, sound.Data.Slice((int)frame * sound.FrameBytes, sound.FrameBytes)) : 0;
        }
    }

    private static float Mean(WavSound sound, ReadOnlySpan<byte> frame)
    {
        float sum = 0;
        for (var at = 0; at < frame.Length; at += sound.SampleBytes)
            sum += Sample(sound.Encoding, frame.Slice(at, sound.SampleBytes));

        return sum / sound.Channels;
    }

    // On the scale of 16 bits.
    private static float Sample(WavEncoding encoding, ReadOnlySpan<byte> bytes) => (encoding, bytes.Length) switch
    {
        (WavEncoding.Alaw, _) => G711.SamplesOf(G711Law.Alaw)[bytes[0]],
        (WavEncoding.Mulaw, _) => G711.SamplesOf(G711Law.Mulaw)[bytes[0]],
        (WavEncoding.Float, _) => Sane(BinaryPrimitives.ReadSingleLittleEndian(bytes)) * short.MaxValue,
        // Eight bits have no sign, all others do.
        (_, 1) => (bytes[0] - 128) * 256,
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (_, 3) => ((sbyte)bytes[2] << 16 | bytes[1] << 8 | bytes[0]) / 256f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 65536f,
    };

    // A stranger's bytes may be no number, or one so great that a sum of it is none.
    private static float Sane(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -1, 1) : 0;

    private static short Rounded(float sample) => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue);
}
