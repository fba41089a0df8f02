using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>Reads Content-Length from a header section before the message is complete enough to be parsed.</summary>
internal static class ContentLengthLine
{
    /// <summary>
    /// The length of the body that follows <paramref name="headers"/>. A stream needs exactly one such header (RFC 3261 §18.3, §20.14): none, two
    /// or a bad number leave no message boundary to trust.
    /// </summary>
    public static SipParseError Read(ReadOnlySpan<byte> headers, SipLimits limits, out long length)
    {
        length = -1;
        while (headers.IndexOf("\r\n"u8) is var end && end >= 0)
        {
            headers = headers[(end + 2)..];
            if (!TryReadName(headers, out var value))
                continue;
            if (length >= 0 || !TryReadNumber(Unfold(value), limits.MaxBodyBytes + 1L, out length))
                return Fail(out length, SipParseError.BadContentLength);
        }

        return length >= 0 ? SipParseError.None : Fail(out length, SipParseError.MissingHeader);
    }

    private static SipParseError Fail(out long length, SipParseError error)
    {
        length = 0;
        return error;
    }

    private static bool TryReadName(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        value = default;
        var colon = line.IndexOfAny((byte)':', (byte)'\r');
        if (colon < 0 || line[colon] != ':')
            return false;

        var name = line[..colon].TrimEnd(" \t"u8);
        value = line[(colon + 1)..];
        return SipToken.EqualsIgnoreCase(name, "Content-Length"u8) || SipToken.EqualsIgnoreCase(name, "l"u8);
    }

    /// <summary>The header's value up to the line end that no space or tab follows (RFC 3261 §7.3.1).</summary>
    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> value)
    {
        var from = 0;
        while (value[from..].IndexOf("\r\n"u8) is var end && end >= 0)
        {
            from += end + 2;
            if (from >= value.Length || value[from] is not ((byte)' ' or (byte)'\t'))
                return value[..(from - 2)].Trim(" \t\r\n"u8);
        }
        return value.Trim(" \t\r\n"u8);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, long ceiling, out long number)
    {
        if (!SipToken.TryParseNumber(digits, out var parsed))
        {
            number = 0;
            return false;
        }

        // Bounded here, so that adding it to anything cannot overflow; the caller refuses what reaches the ceiling.
        number = Math.Min(parsed, ceiling);
        return true;
    }
}
