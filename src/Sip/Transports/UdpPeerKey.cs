using System.Runtime.InteropServices;

namespace TekSipCloud.Sip.Transports;

/// <summary>A socket address as the system writes it, by value: found in tables without allocating.</summary>
internal readonly struct UdpPeerKey : IEquatable<UdpPeerKey>
{
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Makes the key of an address of at most 32 bytes; IPv4 has 16, IPv6 has 28.</summary>
    public UdpPeerKey(ReadOnlySpan<byte> address)
    {
        Span<ulong> words = stackalloc ulong[4];
        words.Clear();
        address.CopyTo(MemoryMarshal.AsBytes(words));
        (_first, _second, _third, _fourth) = (words[0], words[1], words[2], words[3]);
    }

    public bool Equals(UdpPeerKey other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    public override bool Equals(object? obj) => obj is UdpPeerKey other && Equals(other);

    // Seeded anew in every process: sources are easily made up.
    public override int GetHashCode() => HashCode.Combine(_first, _second, _third, _fourth);
}
