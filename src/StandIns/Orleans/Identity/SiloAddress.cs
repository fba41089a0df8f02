using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>A silo's endpoint and the generation of its process, printed as <c>address:port@generation</c>.</summary>
[Immutable]
[GenerateSerializer]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private static readonly Lock GenerationLock = new();
    private static readonly long Epoch = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static long _lastGeneration;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public static SiloAddress Zero { get; } = New(new IPEndPoint(new IPAddress(0), 0), 0);

    [Id(0)]
    public IPEndPoint Endpoint { get; }

    [Id(1)]
    public int Generation { get; }

    public bool IsClient => Generation < 0;

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new(address, port), generation);

    /// <summary>Seconds since 2022, raised so that two silos of one process never share a generation.</summary>
    public static int AllocateNewGeneration()
    {
        var seconds = (TimeProvider.System.GetUtcNow().UtcTicks - Epoch) / TimeSpan.TicksPerSecond;
        lock (GenerationLock)
            return (int)(_lastGeneration = Math.Max(seconds, _lastGeneration + 1));
    }

    public static SiloAddress FromParsableString(string addr)
    {
        var at = addr.LastIndexOf('@');
        return at > 0
            && IPEndPoint.TryParse(addr.AsSpan(0, at), out var endpoint)
            && int.TryParse(addr.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
                ? New(endpoint, generation)
                : throw new FormatException("Invalid string SiloAddress: " + addr);
    }

    public string ToParsableString() => $"{Endpoint}@{Generation}";

    public override string ToString() => $"S{Endpoint}:{Generation}";

    public bool Equals(SiloAddress? other) =>
        other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    public int CompareTo(SiloAddress? other) =>
        other is null ? 1 : string.CompareOrdinal(ToParsableString(), other.ToParsableString());
}
