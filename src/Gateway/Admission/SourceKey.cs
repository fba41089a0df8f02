using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// A sender as two numbers: its address (IPv6: the /64, which one subscriber has whole), and its address with its port. Hashed under a secret
/// of this process, so that nobody can choose addresses that meet in one place.
/// </summary>
/// <param name="Address">The address, never 0.</param>
/// <param name="Flow">The address and port, never 0.</param>
internal readonly record struct SourceKey(long Address, long Flow)
{
    private static readonly ulong Secret = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Of a sockaddr_in or sockaddr_in6 as the system gives it: family, port, address in the same places everywhere.</summary>
    public static SourceKey Of(ReadOnlySpan<byte> socketAddress) => socketAddress.Length switch
    {
        >= 24 => Of(socketAddress.Slice(8, 16), BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..])),
        >= 8 => Of(socketAddress.Slice(4, 4), BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..])),
        _ => new(1, 1),
    };

    public static SourceKey Of(IPEndPoint source)
    {
        Span<byte> address = stackalloc byte[16];
        source.Address.TryWriteBytes(address, out var length);
        // A socket for both families shows an IPv4 peer as ::ffff:a.b.c.d.
        var isV4 = source.AddressFamily == AddressFamily.InterNetwork || source.Address.IsIPv4MappedToIPv6;
        return Of(isV4 ? address[(length - 4)..length] : address[..length], (ushort)source.Port);
    }

    private static SourceKey Of(ReadOnlySpan<byte> address, ushort port)
    {
        var isV4 = address.Length == 4;
        var net = isV4 ? BinaryPrimitives.ReadUInt32BigEndian(address) : BinaryPrimitives.ReadUInt64BigEndian(address);
        var host = isV4 ? 4UL : BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
        var hashed = Mix(net ^ Secret ^ (isV4 ? 1UL << 63 : 0));
        return new(NotZero(hashed), NotZero(Mix(Mix(hashed ^ host) + port)));
    }

    /// <summary>The finalizer of MurmurHash3: every bit of the input moves every bit of the output.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    private static long NotZero(ulong value) => value == 0 ? 1 : (long)value;
}
