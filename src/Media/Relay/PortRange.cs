namespace TekSipCloud.Media.Relay;

/// <summary>The even ports of one loop's share of the range: each loop has every nth pair.</summary>
internal readonly struct PortRange
{
    private readonly int _first;
    private readonly int _loops;

    /// <param name="options">The whole range.</param>
    /// <param name="loop">Whose share, from 0.</param>
    /// <param name="loops">How many share it.</param>
    public PortRange(RelayOptions options, int loop, int loops)
    {
        var first = options.FirstPort + (options.FirstPort & 1);
        var pairs = Math.Max(0, (options.LastPort - first + 1) / 2);
        _first = first + 2 * loop;
        _loops = loops;
        Count = Math.Max(0, (pairs - loop + loops - 1) / loops);
    }

    /// <summary>How many pairs.</summary>
    public int Count { get; }

    /// <summary>All of them, in order.</summary>
    public int[] ToArray()
    {
        var ports = new int[Count];
        for (var i = 0; i < ports.Length; i++)
            ports[i] = _first + 2 * _loops * i;

        return ports;
    }

    /// <summary>This loop's share of something that all have together, rounded up.</summary>
    public int ShareOf(int whole) => (whole + _loops - 1) / _loops;

    /// <summary>Finds the place of a port or of the one above it; false when it is not of this share.</summary>
    public bool TryPlace(int port, out int place)
    {
        var pairs = ((port & ~1) - _first) / 2;
        place = pairs / _loops;
        return port >= _first && pairs % _loops == 0 && place < Count;
    }
}
