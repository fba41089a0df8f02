namespace TekSipCloud.Sip.Messages;

/// <summary>Why bytes from a peer were refused. Each member names the response that answers a request with that
/// fault.</summary>
/// <remarks><see cref="SipParseErrors.Status"/> gives the same answer as a number. A response with a fault is dropped
/// (RFC 3261 §18.1.2), an ACK is never answered.</remarks>
public enum SipParseError
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Nothing but line ends: a keep-alive (RFC 5626 §3.5.1). Not answered.</summary>
    Empty,

    /// <summary>The first line is neither a request line nor a status line (RFC 3261 §7.1, §7.2). Answer 400.</summary>
    BadStartLine,

    /// <summary>A version other than SIP/2.0. Answer 505 (RFC 3261 §21.5.6).</summary>
    UnsupportedVersion,

    /// <summary>The method is no token, or differs between request line and CSeq (RFC 3261 §8.1.1.5). Answer
    /// 400.</summary>
    BadMethod,

    /// <summary>A method without a member in <see cref="SipMethod"/> that CSeq does not confirm (RFC 4475 §3.1.2.18). Answer
    /// 501.</summary>
    UnknownMethod,

    /// <summary>A status code outside 100–699 (RFC 3261 §7.2). Drop the response.</summary>
    BadStatusCode,

    /// <summary>The Request-URI breaks the grammar (RFC 3261 §25.1). Answer 400.</summary>
    BadRequestUri,

    /// <summary>A URI whose scheme is not sip, sips or tel where one of these is needed. Answer 416 (RFC 3261
    /// §8.2.2.1).</summary>
    UnknownScheme,

    /// <summary>A URI breaks the grammar (RFC 3261 §25.1). Answer 400.</summary>
    BadUri,

    /// <summary>No empty line ends the header section (RFC 3261 §7). Answer 400.</summary>
    MissingHeaderEnd,

    /// <summary>A header line without a colon, or whose name is no token (RFC 3261 §7.3.1). Answer 400.</summary>
    BadHeaderName,

    /// <summary>A lone CR or LF, NUL or another control character in a line (RFC 3261 §25.1). Answer 400.</summary>
    ControlCharacter,

    /// <summary>A header that every message needs is absent (RFC 3261 §8.1.1). Answer 400 if there is a Via.</summary>
    MissingHeader,

    /// <summary>A header that may stand once stands twice (RFC 3261 §7.3.1, RFC 4475 §3.3.8). Answer 400.</summary>
    DuplicateHeader,

    /// <summary>A number is no number or out of its range (RFC 3261 §25.1). Answer 400.</summary>
    BadNumber,

    /// <summary>Content-Length is no number, negative, or larger than what arrived (RFC 3261 §18.3). Answer 400; close
    /// a stream.</summary>
    BadContentLength,

    /// <summary>A Via value breaks the grammar (RFC 3261 §20.42). Answer 400.</summary>
    BadVia,

    /// <summary>A name-addr or addr-spec breaks the grammar (RFC 3261 §20.10). Answer 400.</summary>
    BadAddress,

    /// <summary>A parameter breaks the grammar or stands twice where it may not (RFC 3261 §7.3.1). Answer
    /// 400.</summary>
    BadParameter,

    /// <summary>A quoted string is not closed (RFC 3261 §25.1). Answer 400.</summary>
    BadQuotedString,

    /// <summary>A Call-ID that breaks the grammar (RFC 3261 §20.8). Answer 400.</summary>
    BadCallId,

    /// <summary>Credentials or a challenge of a scheme other than Digest: as if there were none. Answer 401 or 407
    /// (RFC 3261 §22.1).</summary>
    UnknownAuthenticationScheme,

    /// <summary>Any other header value that breaks its grammar. Answer 400.</summary>
    BadValue,

    /// <summary>The message is larger than <see cref="SipLimits.MaxMessageBytes"/>. Answer 513 (RFC 3261
    /// §21.5.7).</summary>
    MessageTooLarge,

    /// <summary>More header lines than <see cref="SipLimits.MaxHeaderLines"/>. Answer 513.</summary>
    TooManyHeaders,

    /// <summary>A line longer than <see cref="SipLimits.MaxLineBytes"/>. Answer 513.</summary>
    LineTooLong,

    /// <summary>The request line is longer than <see cref="SipLimits.MaxStartLineBytes"/>. Answer 414 (RFC 3261
    /// §21.4.12).</summary>
    UriTooLong,

    /// <summary>A tag, branch, Call-ID or method longer than <see cref="SipLimits.MaxIdentifierBytes"/>. Answer
    /// 400.</summary>
    IdentifierTooLong,

    /// <summary>The body is larger than <see cref="SipLimits.MaxBodyBytes"/>. Answer 413 (RFC 3261 §21.4.11).</summary>
    BodyTooLarge,
}
