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
        var samples = _channels[channel & 1];
        var codes = law == _format.Law ? default : G711.CodesIn(_format.Law);
        for (var i = from; i < to; i++)
        {
            var code = payload[(int)(i - position)];
            samples[(int)(i & (Samples - 1))] = codes.IsEmpty ? code : codes[code];
        }
    }

    /// <summary>Takes what comes before a moment out of the window, as much as there is room for.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Take(long until, Span<byte> frames)
    {
        var count = (int)Math.Min(until - Start, frames.Length / _format.Channels);
        var silence = G711.SilenceOf(_format.Law);
        for (var i = 0; i < count; i++)
        {
            // Beyond the window is silence, and so is what was taken from it.
            var index = (int)(Start + i & (Samples - 1));
            var (one, other) = (_channels[0][index], _channels[1][index]);
            _channels[0][index] = _channels[1][index] = silence;
            if (_format.Channels == 1)
                frames[i] = Mix(one, other);
            else
                (frames[2 * i], frames[2 * i + 1]) = (one, other);
        }

        Start += Math.Max(count, 0);
        return Math.Max(count, 0) * _format.Channels;
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
