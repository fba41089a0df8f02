namespace TekSipCloud.Sip.Messages;

/// <summary>Writes the requests that repeat an INVITE of ours.</summary>
public static class SipRequest
{
    /// <summary>Writes a whole CANCEL of a request we sent (RFC 3261 §9.1).</summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="invite">The request as we sent it.</param>
    /// <param name="reason">Value of a Reason header (RFC 3326); none when empty.</param>
    public static void WriteCancel(SipWriter writer, SipMessage invite, ReadOnlySpan<byte> reason = default)
    {
        // §9.1: Request-URI, Call-ID, To, the number of CSeq and From are those of the request, tags included.
        Start(writer, invite, SipMethod.Cancel);
        writer.CopyLines(invite, SipHeaderName.To);
        if (!reason.IsEmpty)
            writer.Header(SipHeaderName.Reason, reason);
        writer.End();
    }

    /// <summary>Writes a whole ACK to a final response other than 2xx (RFC 3261 §17.1.1.3).</summary>
    /// <param name="writer">Started anew.</param>
    /// <param name="invite">The request as we sent it.</param>
    /// <param name="response">The response, whose To carries the tag.</param>
    public static void WriteAck(SipWriter writer, SipMessage invite, SipMessage response)
    {
        Start(writer, invite, SipMethod.Ack);
        writer.CopyLines(response, SipHeaderName.To);
        writer.End();
    }

    private static void Start(SipWriter writer, SipMessage invite, SipMethod method)
    {
        writer.RequestLine(method, invite.RequestUri);
        // §9.1, §17.1.1.3: a single Via, equal to the topmost of the request, so that the branch matches.
        foreach (var via in invite.Values(SipHeaderName.Via))
        {
            writer.Header(SipHeaderName.Via, via);
            break;
        }

        writer.CopyLines(invite, SipHeaderName.Route);
        writer.Header(SipHeaderName.MaxForwards, 70);
        writer.CopyLines(invite, SipHeaderName.From);
        writer.CopyLines(invite, SipHeaderName.CallId);
        if (invite.TryGetCSeq(out var cseq, out _))
            writer.CSeq(cseq.Number, SipMethods.Token(method));
    }
}
