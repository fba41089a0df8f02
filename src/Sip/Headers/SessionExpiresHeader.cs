using System.Buffers.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>After which time a session is over unless it is refreshed, and by whom (RFC 4028 §4).</summary>
/// <param name="Seconds">The session interval, in seconds.</param>
/// <param name="Refresher">Who refreshes.</param>
public readonly record struct SessionExpiresHeader(uint Seconds, SessionRefresher Refresher)
{
    /// <summary>The least interval where no Min-SE says another, in seconds (RFC 4028 §5).</summary>
    public const uint DefaultMinSe = 90;

    /// <summary>Reads a header value such as <c>1800;refresher=uac</c>.</summary>
    /// <param name="value">The value after the colon, unfolded and trimmed.</param>
    /// <param name="header">The parsed header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadNumber"/>, or what <see cref="ParameterizedValue"/> refuses, or
    /// <see cref="SipParseError.BadParameter"/> for a refresher that is neither end; answer each with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out SessionExpiresHeader header, out SipParseError error)
    {
        header = default;
        if (!TryParseInterval(value, out var seconds, out var parameters, out error))
            return false;

        if (!TryParseRefresher(parameters, out var refresher))
        {
            error = SipParseError.BadParameter;
            return false;
        }

        header = new(seconds, refresher);
        return true;
    }

    /// <summary>Reads the value of Min-SE, such as <c>90</c> (RFC 4028 §5).</summary>
    /// <param name="value">The value after the colon, unfolded and trimmed.</param>
    /// <param name="seconds">The least interval, in seconds; 0 on failure.</param>
    /// <param name="error">As of the other; answer it with 400.</param>
    public static bool TryParseMinSe(ReadOnlySpan<byte> value, out uint seconds, out SipParseError error) =>
        TryParseInterval(value, out seconds, out _, out error);

    private static bool TryParseInterval(ReadOnlySpan<byte> value, out uint seconds, out SipParameters parameters, out SipParseError error)
    {
        seconds = 0;
        parameters = default;
        if (!ParameterizedValue.TryParse(value, out var parts, out error))
            return false;

        // RFC 3261 §25.1: delta-seconds are digits and nothing else.
        if (parts.Value[0] == '+' || !Utf8Parser.TryParse(parts.Value, out uint number, out var digits) || digits != parts.Value.Length)
        {
            error = SipParseError.BadNumber;
            return false;
        }

        seconds = number;
        parameters = parts.Parameters;
        return true;
    }

    private static bool TryParseRefresher(SipParameters parameters, out SessionRefresher refresher)
    {
        refresher = SessionRefresher.Open;
        if (!parameters.TryGet("refresher"u8, out var end))
            return true;

        refresher = SipToken.EqualsIgnoreCase(end, "uac"u8) ? SessionRefresher.Uac
            : SipToken.EqualsIgnoreCase(end, "uas"u8) ? SessionRefresher.Uas
            : SessionRefresher.Open;
        return refresher != SessionRefresher.Open;
    }
}
