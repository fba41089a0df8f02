using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <summary>Equivalence of URIs (RFC 3261 §19.1.4, RFC 5954).</summary>
internal static class SipUriComparison
{
    public static bool AreEquivalent(SipUri left, SipUri right)
    {
        if (left.Scheme != right.Scheme)
            return false;

        if (left.Scheme == SipUriScheme.Other)
            return left.Bytes.SequenceEqual(right.Bytes);

        // §19.1.4: an absent port or user is not equal to one that spells out the default.
        return SameText(left.User, right.User, left.Scheme != SipUriScheme.Tel)
            && SameText(left.Password, right.Password, true)
            && SipHost.AreEqual(left.Host, right.Host)
            && left.Port == right.Port
            && SameParameters(left.Parameters, right.Parameters)
            && SameParameters(right.Parameters, left.Parameters)
            && SameHeaders(left.Headers, right.Headers)
            && SameHeaders(right.Headers, left.Headers);
    }

    /// <summary>Compares byte by byte, an escape equal to what it stands for.</summary>
    private static bool SameText(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool withCase)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = Take(ref left, withCase);
            if (a != Take(ref right, withCase))
                return false;
        }

        return left.IsEmpty && right.IsEmpty;
    }

    private static int Take(scoped ref ReadOnlySpan<byte> text, bool withCase)
    {
        var escaped = text[0] == '%' && text.Length > 2 ? SipEscapes.ByteAt(text) : -1;
        var value = escaped < 0 ? text[0] : escaped;
        text = text[(escaped < 0 ? 1 : 3)..];
        return !withCase && value is >= 'A' and <= 'Z' ? value | 0x20 : value;
    }

    /// <summary>Whether each parameter of one side that must match is on the other side with the same value.</summary>
    private static bool SameParameters(SipParameters left, SipParameters right)
    {
        foreach (var parameter in left)
        {
            var isPresent = TryFind(right, parameter.Name, out var value);
            if (!isPresent && MustBeOnBoth(parameter.Name))
                return false;
            if (isPresent && !SameText(parameter.Value, value, false))
                return false;
        }

        return true;
    }

    /// <summary>Finds a parameter whose name is the same once unescaped.</summary>
    private static bool TryFind(SipParameters parameters, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var parameter in parameters)
        {
            if (!SameText(parameter.Name, name, false))
                continue;
            value = parameter.Value;
            return true;
        }

        value = [];
        return false;
    }

    // §19.1.4: these are never ignored when only one URI has them; transport by its example of bob@biloxi.com.
    private static bool MustBeOnBoth(ReadOnlySpan<byte> name) =>
        SipToken.EqualsIgnoreCase(name, "user"u8) || SipToken.EqualsIgnoreCase(name, "ttl"u8)
        || SipToken.EqualsIgnoreCase(name, "method"u8) || SipToken.EqualsIgnoreCase(name, "maddr"u8)
        || SipToken.EqualsIgnoreCase(name, "transport"u8);

    /// <summary>Whether each header of one side is on the other, in whatever order.</summary>
    private static bool SameHeaders(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty)
        {
            if (!HasHeader(right, NextHeader(ref left)))
                return false;
        }

        return true;
    }

    private static bool HasHeader(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> wanted)
    {
        while (!headers.IsEmpty)
        {
            if (SameText(NextHeader(ref headers), wanted, false))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> NextHeader(scoped ref ReadOnlySpan<byte> headers)
    {
        var end = headers.IndexOf((byte)'&');
        var header = end < 0 ? headers : headers[..end];
        headers = end < 0 ? [] : headers[(end + 1)..];
        return header;
    }
}
