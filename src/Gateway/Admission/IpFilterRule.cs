using System.Net;
using System.Net.Sockets;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Gateway.Admission;

/// <summary>One IP filter as it is compared with a source: addresses as numbers, those of IPv4 where IPv6 maps them (RFC 4291 §2.5.5.2).</summary>
internal sealed class IpFilterRule
{
    private readonly UInt128 _network;
    private readonly UInt128 _mask;
    private readonly bool _isV4;

    private IpFilterRule(IPNetwork network, IpFilter filter)
    {
        var bits = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0);
        _mask = bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);
        _network = KeyOf(network.BaseAddress) & _mask;
        _isV4 = bits >= 96 && IsV4(_network);
        // Of the whole Internet nobody can vouch for who sends: what was stored before that was refused counts as Allow.
        Action = filter.Action is IpFilterAction.Bypass or IpFilterAction.Trust && !IpFilter.MayVouchFor(network) ? IpFilterAction.Allow : filter.Action;
        Waiver = Action is IpFilterAction.Bypass or IpFilterAction.Trust ? $"the IP filter of {filter.Address} says {filter.Action}" : null;
    }

    public IpFilterAction Action { get; }

    /// <summary>Why its sources need no credentials, for the decision log; null when they do.</summary>
    public string? Waiver { get; }

    /// <summary>A stored filter; null when it names no network.</summary>
    public static IpFilterRule? Of(IpFilter filter) =>
        IpFilter.TryParseNetwork(filter.Address, out var network) ? new(network, filter) : null;

    /// <summary>An address as a rule compares it.</summary>
    public static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4
            ? new UInt128(0, 0xFFFF_0000_0000UL | System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Whether the address is of the network. <c>::/0</c> is all of IPv6, and nothing of IPv4.</summary>
    public bool Covers(UInt128 address) => (address & _mask) == _network && IsV4(address) == _isV4;

    private static bool IsV4(UInt128 address) => address >> 32 == 0xFFFF;
}
