using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Media.Sdp;

/// <summary>A c= line, or the address part of an a=rtcp line (RFC 8866 §5.7).</summary>
/// <param name="Address">The address; null when a host name stands there.</param>
/// <param name="IsIPv6">Whether the address type is IP6.</param>
public readonly record struct SdpConnection(IPAddress? Address, bool IsIPv6)
{
    /// <summary>Whether it is <c>0.0.0.0</c> or <c>::</c>, the hold of RFC 2543 (RFC 3264 §8.4).</summary>
    public bool IsUnspecified => Address is { } a && (a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any));

    /// <summary>Reads a value such as <c>IN IP4 192.0.2.1</c> or <c>IN IP6 2001:db8::1</c>; a multicast suffix is ignored.</summary>
    /// <returns>False when it is not an Internet connection address.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, out SdpConnection connection)
    {
        connection = default;
        var reader = new SdpTokens(value);
        if (!reader.TryNext(out var network) || !reader.TryNext(out var type) || !reader.TryNext(out var address))
            return false;

        var isIPv6 = type.SequenceEqual("IP6"u8);
        if (!network.SequenceEqual("IN"u8) || !isIPv6 && !type.SequenceEqual("IP4"u8) || !reader.IsAtEnd)
            return false;

        var slash = address.IndexOf((byte)'/');
        connection = new SdpConnection(FindAddress(slash < 0 ? address : address[..slash], isIPv6), isIPv6);
        return true;
    }

    private static IPAddress? FindAddress(ReadOnlySpan<byte> text, bool isIPv6)
    {
        if (!isIPv6 && TryReadDotted(text, out var dotted))
            return new IPAddress(dotted);

        // IPAddress also reads "1", "0x7f.1" and scope ids, which SDP does not have (RFC 8866 §9).
        var plain = isIPv6 ? !text.Contains((byte)'%') : text.Count((byte)'.') == 3 && !text.ContainsAny("xX"u8);
        return plain && IPAddress.TryParse(text, out var address) && address.AddressFamily == Family(isIPv6)
            ? address
            : null;
    }

    /// <summary>Reads an IPv4 address as nearly all are written: four decimal numbers without needless zeros.</summary>
    private static bool TryReadDotted(ReadOnlySpan<byte> text, out long address)
    {
        address = 0;
        var (octet, digits, shift) = (0L, 0, 0);
        foreach (var letter in text)
        {
            var digit = (uint)(letter - '0');
            if (digit <= 9 && (digits == 0 || octet > 0) && octet * 10 + digit <= byte.MaxValue)
            {
                octet = octet * 10 + digit;
                digits++;
                continue;
            }

            if (letter != (byte)'.' || digits == 0 || shift == 24)
                return false;

            address |= octet << shift;
            (octet, digits, shift) = (0, 0, shift + 8);
        }

        address |= octet << shift;
        return shift == 24 && digits > 0;
    }

    private static AddressFamily Family(bool isIPv6) =>
        isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
}
