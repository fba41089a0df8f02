using System.Net;

namespace TekSipCloud.Sip.Messages;

/// <summary>Writes responses to a request (RFC 3261 §8.2.6).</summary>
public static class SipResponse
{
    /// <summary>Starts a response: status line, the Via stack with received and rport filled in, From, To, Call-ID,
    /// CSeq, and for a 100 the Timestamp. The caller adds headers and ends it with <see cref="SipWriter.Body"/> or
    /// <see cref="SipWriter.End"/>.</summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="request">The request; one that failed to parse serves if
    /// <see cref="SipMessage.CanBeAnswered"/>.</param>
    /// <param name="status">100–699.</param>
    /// <param name="source">Where the request came from (RFC 3261 §18.2.1, RFC 3581 §4).</param>
    /// <param name="toTag">Added to To unless it has a tag; none when empty, as in a 100.</param>
    /// <param name="reason">The phrase; the registered one when empty.</param>
    public static void Start(
        SipWriter writer,
        SipMessage request,
        int status,
        IPEndPoint source,
        ReadOnlySpan<byte> toTag,
        ReadOnlySpan<byte> reason = default)
    {
        writer.StatusLine(status, reason);
        writer.CopyVias(request, source);
        // RFC 3261 §8.2.6.2: From, Call-ID, CSeq and Via equal those of the request, in the same order.
        writer.EchoLines(request, SipHeaderName.From);
        CopyTo(writer, request, toTag);
        writer.EchoLines(request, SipHeaderName.CallId);
        writer.EchoLines(request, SipHeaderName.CSeq);
        // RFC 3261 §8.2.6.1: a 100 carries the request's Timestamp.
        if (status == 100)
            writer.EchoLines(request, SipHeaderName.Timestamp);
    }

    private static void CopyTo(SipWriter writer, SipMessage request, ReadOnlySpan<byte> tag)
    {
        if (!request.TryGet(SipHeaderName.To, out var value))
            return;

        writer.StartHeader(SipHeaderName.To);
        writer.Echo(value);
        // RFC 3261 §8.2.6.2: a tag of the request is kept; one that cannot be read is left as it came.
        if (!tag.IsEmpty && request.LacksToTag)
        {
            writer.Append(";tag="u8);
            writer.Append(tag);
        }

        writer.EndHeader();
    }
}
