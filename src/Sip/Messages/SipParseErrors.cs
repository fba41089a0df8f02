namespace TekSipCloud.Sip.Messages;

/// <summary>The verdict on each parse fault.</summary>
public static class SipParseErrors
{
    /// <summary>The status code that answers a request with this fault.</summary>
    /// <returns>400, 401, 413, 414, 416, 501, 505 or 513; 0 when there is nothing to answer
    /// (<see cref="SipParseError.None"/>, <see cref="SipParseError.Empty"/>,
    /// <see cref="SipParseError.BadStatusCode"/>).</returns>
    public static int Status(this SipParseError error) => error switch
    {
        SipParseError.None or SipParseError.Empty or SipParseError.BadStatusCode => 0,
        SipParseError.UnknownAuthenticationScheme => 401,
        SipParseError.UnknownMethod => 501,
        SipParseError.UnsupportedVersion => 505,
        SipParseError.UnknownScheme => 416,
        SipParseError.UriTooLong => 414,
        SipParseError.BodyTooLarge => 413,
        SipParseError.MessageTooLarge or SipParseError.TooManyHeaders or SipParseError.LineTooLong => 513,
        _ => 400,
    };
}
