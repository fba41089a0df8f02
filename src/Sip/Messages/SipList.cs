namespace TekSipCloud.Sip.Messages;

/// <summary>Splits a comma-separated header value (RFC 3261 §7.3.1).</summary>
internal static class SipList
{
    /// <summary>Takes the first element off a list, or all of it when the header is no list.</summary>
    public static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest, bool isList)
    {
        var end = isList ? EndOfElement(rest) : rest.Length;
        var element = SipToken.Trim(rest[..end]);
        rest = end < rest.Length ? rest[(end + 1)..] : [];
        return element;
    }

    /// <summary>Finds the first comma outside quoted strings and angle brackets.</summary>
    /// <returns>The index of the comma, or the length.</returns>
    private static int EndOfElement(ReadOnlySpan<byte> value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            var step = value[index..].IndexOfAny((byte)',', (byte)'"', (byte)'<');
            if (step < 0)
                return value.Length;

            index += step;
            if (value[index] == ',')
                return index;

            var closed = value[index] == '"' ? EndOfQuoted(value[index..]) : value[index..].IndexOf((byte)'>');
            if (closed < 0)
                return value.Length;
            index += closed;
        }

        return value.Length;
    }

    /// <summary>Finds the quote that closes the one at index 0.</summary>
    /// <returns>Its index, or -1.</returns>
    public static int EndOfQuoted(ReadOnlySpan<byte> value)
    {
        for (var index = 1; index < value.Length; index += 2)
        {
            var step = value[index..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
                return -1;

            index += step;
            if (value[index] == '"')
                return index;
        }

        return -1;
    }
}
