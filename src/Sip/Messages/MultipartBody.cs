using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <summary>Finds a part of a multipart body (RFC 2046 §5.1, RFC 5621), such as the session description beside a location or an ISUP
/// message.</summary>
public static class MultipartBody
{
    private const int MaxBoundaryBytes = 70;

    /// <summary>More than any SIP extension puts into one body.</summary>
    private const int MaxParts = 16;

    /// <summary>Whether the message's body is multipart of whatever subtype.</summary>
    public static bool IsMultipart(SipMessage message) => !Boundary(message).IsEmpty;

    /// <summary>Finds the first part of a media type; parts that are multipart themselves are not entered.</summary>
    /// <param name="message">The message.</param>
    /// <param name="type">The media type without parameters, such as <c>application/sdp</c>.</param>
    /// <param name="content">The part's content; empty when there is none. Borrows the message's buffer.</param>
    /// <param name="mayIgnoreOthers">Whether every other part may be left alone: it says <c>handling=optional</c>. A request
    /// of which that is not so is answered 415 (RFC 3261 §20.11, RFC 5621 §8.3).</param>
    /// <returns>False when the body is not multipart, breaks the grammar, or has no such part.</returns>
    public static bool TryFind(
        SipMessage message, ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content, out bool mayIgnoreOthers)
    {
        content = [];
        mayIgnoreOthers = true;
        var boundary = Boundary(message);
        var rest = message.Body;
        if (boundary.IsEmpty || !TrySkipPreamble(ref rest, boundary))
            return false;

        var isFound = false;
        for (var parts = 0; TryNext(ref rest, boundary, out var part); parts++)
        {
            if (parts == MaxParts)
                return false;

            var headers = Split(part, out var body);
            if (!isFound && IsOfType(headers, type))
            {
                content = body;
                isFound = true;
            }
            else
            {
                mayIgnoreOthers &= IsOptional(headers);
            }
        }

        return isFound;
    }

    private static ReadOnlySpan<byte> Boundary(SipMessage message)
    {
        var isMultipart = message.TryGet(SipHeaderName.ContentType, out var value)
            && value.Length >= 10 && SipToken.EqualsIgnoreCase(value[..10], "multipart/"u8);
        if (!isMultipart || !ParameterizedValue.TryParse(value, out var type, out _))
            return [];

        var boundary = type.Parameters["boundary"u8].Trim((byte)'"');
        return boundary.Length <= MaxBoundaryBytes ? boundary : [];
    }

    /// <summary>Leaves what follows the first boundary.</summary>
    private static bool TrySkipPreamble(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> boundary)
    {
        if (rest.StartsWith("--"u8) && rest[2..].StartsWith(boundary))
        {
            rest = rest[(2 + boundary.Length)..];
            return true;
        }

        var at = FindBoundary(rest, boundary);
        if (at < 0)
            return false;

        rest = rest[(at + 4 + boundary.Length)..];
        return true;
    }

    /// <summary>Takes the next part off; false at the closing boundary, and where the grammar ends.</summary>
    private static bool TryNext(scoped ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> boundary, out ReadOnlySpan<byte> part)
    {
        part = [];
        var line = rest.IndexOf("\r\n"u8);
        if (rest.StartsWith("--"u8) || line < 0 || !SipToken.Trim(rest[..line]).IsEmpty)
            return false;

        rest = rest[line..];
        var end = FindBoundary(rest, boundary);
        if (end < 0)
            return false;

        part = end < 2 ? [] : rest[2..end];
        rest = rest[(end + 4 + boundary.Length)..];
        return true;
    }

    /// <summary>Where the line end before the next boundary is; -1 when there is none.</summary>
    private static int FindBoundary(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> boundary)
    {
        for (var from = 0; bytes[from..].IndexOf("\r\n--"u8) is >= 0 and var step; from += step + 4)
        {
            if (bytes[(from + step + 4)..].StartsWith(boundary))
                return from + step;
        }

        return -1;
    }

    /// <summary>A part's header lines, and what follows them.</summary>
    private static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> body)
    {
        if (part.StartsWith("\r\n"u8))
        {
            body = part[2..];
            return [];
        }

        var end = part.IndexOf("\r\n\r\n"u8);
        body = end < 0 ? [] : part[(end + 4)..];
        return end < 0 ? part : part[..end];
    }

    private static bool IsOfType(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> type) =>
        ParameterizedValue.TryParse(Find(headers, "Content-Type"u8), out var own, out _) && SipToken.EqualsIgnoreCase(own.Value, type)
        && (Find(headers, "Content-Transfer-Encoding"u8) is var encoding)
        && (encoding.IsEmpty || SipToken.EqualsIgnoreCase(encoding, "binary"u8) || SipToken.EqualsIgnoreCase(encoding, "8bit"u8)
            || SipToken.EqualsIgnoreCase(encoding, "7bit"u8));

    // RFC 3261 §20.11: where nothing is said, handling is required.
    private static bool IsOptional(ReadOnlySpan<byte> headers) =>
        ParameterizedValue.TryParse(Find(headers, "Content-Disposition"u8), out var disposition, out _)
        && SipToken.EqualsIgnoreCase(disposition.Parameters["handling"u8], "optional"u8);

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        while (!headers.IsEmpty)
        {
            var end = headers.IndexOf("\r\n"u8);
            var line = end < 0 ? headers : headers[..end];
            headers = end < 0 ? [] : headers[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && SipToken.EqualsIgnoreCase(SipToken.Trim(line[..colon]), name))
                return SipToken.Trim(line[(colon + 1)..]);
        }

        return [];
    }
}
