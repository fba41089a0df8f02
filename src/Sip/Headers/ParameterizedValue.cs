using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>A value with parameters, as in Content-Type, Content-Disposition, Event, Subscription-State,
/// Session-Expires, Reason and Replaces.</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct ParameterizedValue
{
    private ParameterizedValue(ReadOnlySpan<byte> value, SipParameters parameters)
    {
        Value = value;
        Parameters = parameters;
    }

    /// <summary>What stands before the first semicolon, trimmed: a media type, a token, a number, a Call-ID.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads one value such as <c>1800;refresher=uac</c>.</summary>
    /// <param name="value">One element of the header, trimmed.</param>
    /// <param name="header">The parsed value, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadValue"/> when nothing stands before the parameters,
    /// <see cref="SipParseError.BadParameter"/> or <see cref="SipParseError.BadQuotedString"/>; answer each with
    /// 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out ParameterizedValue header, out SipParseError error)
    {
        header = default;
        var semicolon = value.IndexOf((byte)';');
        var head = SipToken.Trim(semicolon < 0 ? value : value[..semicolon]);
        error = SipParseError.BadValue;
        if (head.IsEmpty)
            return false;

        if (!SipParameters.TryParse(semicolon < 0 ? [] : value[semicolon..], out var parameters, out error))
            return false;

        header = new(head, parameters);
        return true;
    }
}
