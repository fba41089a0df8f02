using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Which headers of a request other than INVITE, and of its answer, pass to the other party (<c>docs/headers.md</c>). What is not named here is hidden: it
/// may tell an address, a product or a person.
/// </summary>
internal static class DialogHeaders
{
    private static ReadOnlySpan<byte> InfoPackage => "Info-Package"u8;

    private static ReadOnlySpan<byte> RecvInfo => "Recv-Info"u8;

    private static ReadOnlySpan<SipHeaderName> OfRequests =>
        [SipHeaderName.SubscriptionState, SipHeaderName.Priority, SipHeaderName.Date, SipHeaderName.Expires];

    /// <summary>Of a REFER besides (RFC 3515, RFC 4488): whom the other party is to call is for its phone to read, with all that its URI has.</summary>
    private static ReadOnlySpan<SipHeaderName> OfRefers => [SipHeaderName.ReferTo, SipHeaderName.ReferSub];

    private static ReadOnlySpan<SipHeaderName> OfResponses =>
        [SipHeaderName.RetryAfter, SipHeaderName.Accept, SipHeaderName.AcceptEncoding, SipHeaderName.AcceptLanguage, SipHeaderName.AllowEvents];

    /// <summary>Copies what passes of a request, and ends the one in the writer.</summary>
    /// <param name="writer">With a request begun.</param>
    /// <param name="request">The sender's.</param>
    /// <param name="isHidden">Whether the sender does not show who it is (RFC 3323 §5.3).</param>
    /// <param name="hasEvent">Whether Event is written already.</param>
    public static void CopyRequest(SipWriter writer, SipMessage request, bool isHidden, bool hasEvent)
    {
        if (!hasEvent)
            writer.CopyLines(request, SipHeaderName.Event);
        Copy(writer, request, OfRequests);
        if (request.Method == SipMethod.Refer)
            Copy(writer, request, OfRefers);
        CopyOther(writer, request, InfoPackage);
        if (!isHidden)
            writer.CopyLines(request, SipHeaderName.Subject);
        CopyBody(writer, request);
    }

    /// <summary>Copies what passes of a final answer, and ends the one in the writer.</summary>
    /// <param name="writer">With an answer of the same code begun.</param>
    /// <param name="method">The request's.</param>
    /// <param name="response">The other party's.</param>
    public static void CopyResponse(SipWriter writer, SipMethod method, SipMessage response)
    {
        // RFC 3261 §11.2: what the other party can do is of no use here where it does not pass.
        if (method == SipMethod.Options && response.StatusCode < 300)
        {
            Abilities.WriteInDialog(writer);
            writer.End();
            return;
        }

        Copy(writer, response, OfResponses);
        if (method == SipMethod.Refer)
            writer.CopyLines(response, SipHeaderName.ReferSub);
        CopyOther(writer, response, RecvInfo);
        // RFC 3261 §21.4.6: a 405 has Allow.
        if (response.StatusCode == 405)
            writer.CopyLines(response, SipHeaderName.Allow);
        // RFC 3428 §7: an answer to MESSAGE has no body; one to OPTIONS may have the addresses of the other party's media.
        if (method is SipMethod.Info or SipMethod.Notify)
            CopyBody(writer, response);
        else
            writer.End();
    }

    private static void CopyBody(SipWriter writer, SipMessage message)
    {
        if (message.Body.IsEmpty)
        {
            writer.End();
            return;
        }

        writer.CopyLines(message, SipHeaderName.MimeVersion);
        writer.CopyBody(message);
    }

    private static void Copy(SipWriter writer, SipMessage message, ReadOnlySpan<SipHeaderName> names)
    {
        foreach (var name in names)
            writer.CopyLines(message, name);
    }

    /// <summary>Copies the lines of a header that the library does not know by name (RFC 6086 §8).</summary>
    private static void CopyOther(SipWriter writer, SipMessage message, ReadOnlySpan<byte> name)
    {
        foreach (var line in message.Lines)
        {
            if (line.Name == SipHeaderName.Other && SipToken.EqualsIgnoreCase(line.NameBytes, name))
                writer.CopyLine(line);
        }
    }
}
