namespace TekSipCloud.Sip.Messages;

/// <content>The request line and the status line (RFC 3261 §7.1, §7.2).</content>
public sealed partial class SipMessage
{
    private static ReadOnlySpan<byte> Version => "SIP/2.0"u8;

    /// <summary>Reads the first line.</summary>
    /// <returns>Where the header lines start, or -1 when the first line has no end.</returns>
    private int ReadStartLine(SipLimits limits)
    {
        var line = Span;
        var end = SipToken.IndexOfControl(line, 0, out _);
        var isClean = end >= 0 && line[end..].StartsWith("\r\n"u8);
        if (!isClean)
            end = line.IndexOf("\r\n"u8);
        if (end < 0)
        {
            Note(SipParseError.BadStartLine);
            return -1;
        }

        line = line[..end];
        if (line.Length > limits.MaxStartLineBytes)
            Note(SipParseError.UriTooLong);

        if (!isClean)
            Note(SipParseError.ControlCharacter);
        else if (IsVersion(line[..Math.Max(0, line.IndexOf((byte)' '))]))
            ReadStatusLine(line);
        else
            ReadRequestLine(line, limits);

        return end + 2;
    }

    private void ReadRequestLine(ReadOnlySpan<byte> line, SipLimits limits)
    {
        // RFC 3261 §7.1: single spaces only, none within the URI; RFC 4475 §3.1.2.8 and §3.1.2.9 are answered 400.
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0)
        {
            Note(SipParseError.BadStartLine);
            return;
        }

        IsRequest = true;
        _method = new(0, first);
        Method = SipMethods.Parse(line[..first]);
        if (!SipToken.IsToken(line[..first]))
            Note(SipParseError.BadMethod);
        if (first > limits.MaxIdentifierBytes)
            Note(SipParseError.IdentifierTooLong);

        if (last == first || !IsVersion(line[(last + 1)..]))
        {
            Note(SipParseError.BadStartLine);
            return;
        }

        _uri = new(first + 1, last - first - 1);
        if (!SipToken.EqualsIgnoreCase(line[(last + 1)..], Version))
            Note(SipParseError.UnsupportedVersion);
        // RFC 3261 §19.1.1: a Request-URI has no headers; RFC 4475 §3.1.2.11.
        if (!SipUri.TryParse(RequestUri, out var uri, out _) || !uri.Headers.IsEmpty)
            Note(SipParseError.BadRequestUri);
        else
            Keep(uri);
    }

    private void Keep(in SipUri uri)
    {
        _readUri.IsRead = true;
        _readUri.Scheme = uri.Scheme;
        _readUri.User = RangeOf(uri.User);
        _readUri.Password = RangeOf(uri.Password);
        _readUri.Host = RangeOf(uri.Host);
        _readUri.Port = uri.Port;
        _readUri.Parameters = RangeOf(uri.Parameters.Bytes);
    }

    private void ReadStatusLine(ReadOnlySpan<byte> line)
    {
        var version = line.IndexOf((byte)' ');
        if (!SipToken.EqualsIgnoreCase(line[..version], Version))
            Note(SipParseError.UnsupportedVersion);

        var rest = line[(version + 1)..];
        var digits = rest.IndexOf((byte)' ');
        var code = digits < 0 ? rest : rest[..digits];
        if (code.Length != 3 || !SipToken.TryParseNumber(code, out var status) || status is < 100 or > 699)
        {
            Note(SipParseError.BadStatusCode);
            return;
        }

        StatusCode = (int)status;
        // RFC 3261 §25.1 wants the space before the reason; RFC 4475 §3.1.1.13 has it with an empty reason, and some
        // leave it out.
        var reason = digits < 0 ? line.Length : version + 1 + digits + 1;
        _reason = new(reason, line.Length - reason);
    }

    /// <summary>Whether bytes look like <c>SIP/</c> digits <c>.</c> digits.</summary>
    private static bool IsVersion(ReadOnlySpan<byte> bytes) =>
        bytes.SequenceEqual(Version) || IsAnyVersion(bytes);

    private static bool IsAnyVersion(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 7 && SipToken.EqualsIgnoreCase(bytes[..4], "SIP/"u8)
        && bytes[4..].IndexOf((byte)'.') is > 0 and var dot
        && SipToken.TryParseNumber(bytes.Slice(4, dot), out _)
        && SipToken.TryParseNumber(bytes[(4 + dot + 1)..], out _);
}
