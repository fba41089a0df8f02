using System.Runtime.Intrinsics;
using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Recording;

/// <summary>The last second of a recording: what comes late still finds its place here, and where nothing comes is silence.</summary>
internal sealed class RecordingWindow
{
    private const int Samples = 1 << 13;

    private readonly WavFormat _format;
    private readonly byte[][] _channels = [new byte[Samples], new byte[Samples]];

    public RecordingWindow(WavFormat format)
    {
        _format = format;
        foreach (var channel in _channels)
            channel.AsSpan().Fill(G711.SilenceOf(format.Law));
    }

    /// <summary>The first sample that is not taken yet.</summary>
    public long Start { get; private set; }

    /// <summary>Puts sound where it belongs; what is of a time that is taken already, or far ahead, is left out.</summary>
    public void Place(int channel, long position, ReadOnlySpan<byte> payload, G711Law law)
    {
        var from = Math.Max(position, Start);
        var to = Math.Min(position + payload.Length, Start + Samples);
        if (from >= to)
            return;

        var samples = _channels[channel & 1];
        var codes = law == _format.Law ? default : G711.CodesIn(_format.Law);
        var sound = payload[(int)(from - position)..(int)(to - position)];
        var index = (int)(from & (Samples - 1));
        var first = Math.Min(sound.Length, Samples - index);
        Write(sound[..first], samples.AsSpan(index), codes);
        Write(sound[first..], samples, codes);
    }

    /// <summary>Takes what comes before a moment out of the window, as much as there is room for.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Take(long until, Span<byte> frames)
    {
        var count = (int)Math.Clamp(until - Start, 0, frames.Length / _format.Channels);
        for (var taken = 0; taken < count;)
        {
            // Beyond the window is silence, and so is what was taken from it.
            var index = (int)(Start & (Samples - 1));
            var piece = Math.Min(count - taken, Samples - index);
            var one = _channels[0].AsSpan(index, piece);
            var other = _channels[1].AsSpan(index, piece);
            if (_format.Channels == 1)
                Mix(one, other, frames[taken..]);
            else
                Interleave(one, other, frames[(2 * taken)..]);
            one.Fill(G711.SilenceOf(_format.Law));
            other.Fill(G711.SilenceOf(_format.Law));
            taken += piece;
            Start += piece;
        }

        return count * _format.Channels;
    }

    private static void Write(ReadOnlySpan<byte> sound, Span<byte> samples, ReadOnlySpan<byte> codes)
    {
        if (codes.IsEmpty)
        {
            sound.CopyTo(samples);
            return;
        }

        for (var i = 0; i < sound.Length; i++)
            samples[i] = codes[sound[i]];
    }

    private static void Interleave(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> frames)
    {
        var i = 0;
        for (; i + Vector128<byte>.Count <= one.Length; i += Vector128<byte>.Count)
        {
            var left = Vector128.Create(one[i..]);
            var right = Vector128.Create(other[i..]);
            (Vector128.WidenLower(left) | Vector128.WidenLower(right) << 8).AsByte().CopyTo(frames[(2 * i)..]);
            (Vector128.WidenUpper(left) | Vector128.WidenUpper(right) << 8).AsByte().CopyTo(frames[(2 * i + Vector128<byte>.Count)..]);
        }

        for (; i < one.Length; i++)
            (frames[2 * i], frames[2 * i + 1]) = (one[i], other[i]);
    }

    private void Mix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> frames)
    {
        for (var i = 0; i < one.Length; i++)
            frames[i] = Mix(one[i], other[i]);
    }

    private byte Mix(byte one, byte other)
    {
        var silence = G711.SilenceOf(_format.Law);
        if (other == silence)
            return one;
        if (one == silence)
            return other;

        var samples = G711.SamplesOf(_format.Law);
        return G711.Encode((short)Math.Clamp(samples[one] + samples[other], short.MinValue, short.MaxValue), _format.Law);
    }
}
