using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Relay;

/// <summary>A socket address in the system's own layout: filled by a receive, handed to a send, compared without a copy.</summary>
internal struct PeerAddress
{
    /// <summary>Bytes of the largest address, that of IPv6.</summary>
    public const int MaxBytes = 28;

    // Both families have their port at offset 2; all systems agree on these offsets.
    private const int IPv4Length = 16;
    private const int PortOffset = 2;
    private const int IPv4AddressOffset = 4;
    private const int IPv6AddressOffset = 8;
    private const int IPv6ScopeOffset = 24;

    private Storage _bytes;

    // How the system writes the family, which differs between systems.
    private static readonly byte[] PlainV4 = NativeOf(IPAddress.Any);
    private static readonly byte[] PlainV6 = NativeOf(IPAddress.IPv6Any);

    /// <summary>Writes an address without an object in between.</summary>
    public PeerAddress(IPAddress address, int port)
    {
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var plain = isV6 ? PlainV6 : PlainV4;
        Span<byte> bytes = _bytes;
        plain.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], (ushort)port);
        _ = address.TryWriteBytes(bytes[(isV6 ? IPv6AddressOffset : IPv4AddressOffset)..], out _);
        if (isV6 && address.ScopeId != 0)
            MemoryMarshal.Write(bytes[IPv6ScopeOffset..], (uint)address.ScopeId);
        Length = plain.Length;
    }

    /// <summary>How many bytes are used: 16 for IPv4, 28 for IPv6, 0 for none.</summary>
    public int Length;

    /// <summary>Where a receive puts the address.</summary>
    [UnscopedRef]
    public Span<byte> Buffer => _bytes;

    /// <summary>What a send is given.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The address without port and family: 4 bytes or 16; none of none.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> HostBytes => Length switch
    {
        0 => default,
        IPv4Length => Bytes.Slice(IPv4AddressOffset, 4),
        _ => Bytes.Slice(IPv6AddressOffset, 16),
    };

    public readonly bool IsSameAs(in PeerAddress other) => Port == other.Port && IsSameHostAs(other);

    public readonly bool IsSameHostAs(in PeerAddress other)
    {
        if (Length != other.Length)
            return false;

        return Length == IPv4Length
            ? Word(IPv4AddressOffset) == other.Word(IPv4AddressOffset)
            : Length == MaxBytes
                && DoubleWord(IPv6AddressOffset) == other.DoubleWord(IPv6AddressOffset)
                && DoubleWord(IPv6AddressOffset + 8) == other.DoubleWord(IPv6AddressOffset + 8);
    }

    public readonly int Port => BinaryPrimitives.ReadUInt16BigEndian(Bytes[PortOffset..]);

    /// <summary>The address as an object; for logs and statistics, not for the packet path.</summary>
    public readonly IPEndPoint? ToEndPoint()
    {
        if (Length == 0)
            return null;

        var family = Length == IPv4Length ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var native = new SocketAddress(family, Length);
        Bytes[..Length].CopyTo(native.Buffer.Span);
        return (IPEndPoint)new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0)
            .Create(native);
    }

    private static byte[] NativeOf(IPAddress any)
    {
        var native = new IPEndPoint(any, 0).Serialize();
        return native.Buffer.Span[..native.Size].ToArray();
    }

    private readonly uint Word(int offset) => MemoryMarshal.Read<uint>(Bytes[offset..]);

    private readonly ulong DoubleWord(int offset) => MemoryMarshal.Read<ulong>(Bytes[offset..]);

    [InlineArray(MaxBytes)]
    private struct Storage
    {
        private byte _first;
    }
}
