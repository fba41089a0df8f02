using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The headers in a Refer-To's URI, which the request to the target is to have (RFC 3261 §19.1.1).</summary>
internal static class ReferHeaders
{
    /// <summary>Whether one of them has the name.</summary>
    public static bool Has(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        while (TryTake(ref headers, out var next))
        {
            if (SipToken.EqualsIgnoreCase(next, name))
                return true;
        }

        return false;
    }

    /// <summary>Whether all of them are those that attended transfers need (RFC 5589 §7); RFC 3261 §19.1.5 has others that would be dangerous.</summary>
    public static bool AreHarmless(ReadOnlySpan<byte> headers)
    {
        while (TryTake(ref headers, out var next))
        {
            if (!SipToken.EqualsIgnoreCase(next, "Replaces"u8) && !SipToken.EqualsIgnoreCase(next, "Require"u8))
                return false;
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (rest.IsEmpty)
            return false;

        var end = rest.IndexOf((byte)'&');
        var header = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        var equals = header.IndexOf((byte)'=');
        name = equals < 0 ? header : header[..equals];
        return true;
    }
}
