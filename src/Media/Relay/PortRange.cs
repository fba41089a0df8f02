namespace TekSipCloud.Media.Relay;

/// <summary>The even ports of one loop's share of the range: each loop has every nth pair.</summary>
internal readonly struct PortRange
{
    /// <summary>A call's two legs, or a fork's many, are of one loop: a share too small would refuse calls while others have ports left.</summary>
    public const int LeastPairs = 64;

    private readonly int _first;
    private readonly int _loops;

    /// <param name="options">The whole range.</param>
    /// <param name="loop">Whose share, from 0.</param>
    /// <param name="loops">How many share it.</param>
    public PortRange(RelayOptions options, int loop, int loops)
    {
        _first = FirstOf(options) + 2 * loop;
        _loops = loops;
        Count = Math.Max(0, (PairsOf(options) - loop + loops - 1) / loops);
    }

    /// <summary>How many loops are to share a range: as many as configured, fewer where it is small.</summary>
    public static int LoopsFor(RelayOptions options) =>
        Math.Clamp(PairsOf(options) / LeastPairs, 1, options.Loops == 0 ? Environment.ProcessorCount : options.Loops);

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

    private static int FirstOf(RelayOptions options) => options.FirstPort + (options.FirstPort & 1);

    private static int PairsOf(RelayOptions options) => Math.Max(0, (options.LastPort - FirstOf(options) + 1) / 2);
}
