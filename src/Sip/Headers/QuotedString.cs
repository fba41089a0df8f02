using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>The quoted strings of display names and parameters (RFC 3261 §25.1).</summary>
public static class QuotedString
{
    /// <summary>Removes quotes and the backslash of each quoted pair.</summary>
    /// <param name="value">A quoted string, or anything else, which is returned as it is.</param>
    /// <param name="buffer">Receives the bytes when there are escapes; as long as the value is always enough.</param>
    /// <returns>A slice of <paramref name="value"/> or of <paramref name="buffer"/>.</returns>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value, Span<byte> buffer)
    {
        if (value.Length < 2 || value[0] != '"' || SipList.EndOfQuoted(value) != value.Length - 1)
            return value;

        value = value[1..^1];
        if (!value.Contains((byte)'\\'))
            return value;

        var length = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '\\')
                index++;
            buffer[length++] = value[index];
        }

        return buffer[..length];
    }
}
