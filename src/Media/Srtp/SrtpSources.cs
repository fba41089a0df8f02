namespace TekSipCloud.Media.Srtp;

/// <summary>What is known of each source under one key. A source is never forgotten: its packets would be taken, or its key stream used, twice.</summary>
internal sealed class SrtpSources
{
    /// <summary>A party has one source, and a new one at a transfer, a restart or an announcement.</summary>
    private const int Max = 64;

    private uint[] _ssrcs = new uint[2];
    private ReplayWindow[] _windows = new ReplayWindow[2];
    private int _count;

    /// <summary>The place of a source; a source not seen is at <see cref="Count"/>, which <see cref="Open"/> makes its own.</summary>
    public int Find(uint ssrc)
    {
        var index = Array.IndexOf(_ssrcs, ssrc, 0, _count);
        return index < 0 ? _count : index;
    }

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom => _count < Max;

    /// <summary>What was seen of a source.</summary>
    public ReplayWindow Seen(int place) => place < _count ? _windows[place] : default;

    /// <summary>What was seen of a source, to be changed; the place behind the last is made the source's.</summary>
    public ref ReplayWindow Open(int place, uint ssrc)
    {
        if (place == _count)
        {
            if (_count == _ssrcs.Length)
            {
                Array.Resize(ref _ssrcs, _count * 2);
                Array.Resize(ref _windows, _count * 2);
            }

            _ssrcs[place] = ssrc;
            _count++;
        }

        return ref _windows[place];
    }
}
