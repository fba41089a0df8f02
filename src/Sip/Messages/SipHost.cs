using System.Net;

namespace TekSipCloud.Sip.Messages;

/// <summary>The host and port of URIs and Via (RFC 3261 §25.1, RFC 5954).</summary>
internal static class SipHost
{
    private const int LongestReference = 64;

    /// <summary>Reads <c>host [ ":" port ]</c> and nothing after it.</summary>
    public static bool TryReadHostPort(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> host, out int port)
    {
        port = 0;
        var end = bytes.StartsWith("["u8) ? bytes.IndexOf((byte)']') + 1 : SipToken.HostNameLength(bytes);
        host = bytes[..end];
        // RFC 5118 §4.2: an IPv6 address without brackets is no host.
        if (host.IsEmpty || (host[0] == '[' && !IsAddress(host[1..^1])))
            return false;

        var rest = bytes[host.Length..];
        if (rest.IsEmpty)
            return true;

        if (rest[0] != ':' || !SipToken.TryParseNumber(rest[1..], out var number) || number is 0 or > 65_535)
            return false;
        port = (int)number;
        return true;
    }

    /// <summary>Whether two hosts are the same: names without case, IPv6 references by the address they mean (RFC 5954
    /// §4.2).</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (SipToken.EqualsIgnoreCase(left, right))
            return true;
        if (!left.StartsWith("["u8) || !right.StartsWith("["u8))
            return false;

        Span<byte> a = stackalloc byte[LongestReference];
        Span<byte> b = stackalloc byte[LongestReference];
        return IPAddress.TryParse(Correct(left[1..^1], a), out var one)
            && IPAddress.TryParse(Correct(right[1..^1], b), out var other) && one.Equals(other);
    }

    private static bool IsAddress(ReadOnlySpan<byte> address)
    {
        Span<byte> buffer = stackalloc byte[LongestReference];
        return address.Length <= LongestReference && !address.Contains((byte)'%') && address.Contains((byte)':')
            && IPAddress.IsValidUtf8(Correct(address, buffer));
    }

    /// <summary>Drops the third colon before an embedded IPv4 address, which RFC 3261's own grammar put there (RFC 5118
    /// §4.10).</summary>
    private static ReadOnlySpan<byte> Correct(ReadOnlySpan<byte> address, Span<byte> buffer)
    {
        var colons = address.IndexOf(":::"u8);
        if (colons < 0 || !address[colons..].Contains((byte)'.'))
            return address;

        address[..colons].CopyTo(buffer);
        address[(colons + 1)..].CopyTo(buffer[colons..]);
        return buffer[..(address.Length - 1)];
    }
}
