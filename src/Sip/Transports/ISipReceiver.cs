using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Takes what the transports receive. Called on the transport's own threads, of which there are several: implementations handle the message at once
/// where that loop is the one chosen by <see cref="SipMessage.HashCallId"/>, else hand it over, and return.
/// </summary>
public interface ISipReceiver
{
    /// <summary>A well-formed message came. It may be lent and is valid during the call only: who keeps it keeps its
    /// <see cref="SipMessage.Detach"/>.</summary>
    void OnMessage(SipFlow flow, SipMessage message);

    /// <summary>
    /// Asked about a datagram before it is read: whether it was dealt with, because there is too much to do. Valid during the call only. False, the default: it
    /// is read, and comes to <see cref="OnMessage"/>.
    /// </summary>
    bool TryRefuse(SipFlow flow, ReadOnlySpan<byte> datagram) => false;

    /// <summary>
    /// A message came that cannot be processed. <see cref="SipMessage.CanBeAnswered"/> tells whether an answer with
    /// <see cref="SipParseErrors.Status"/> can be built; on a stream whose message boundary is lost the connection closes after this call, answer
    /// included. The message is valid during the call only.
    /// </summary>
    void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error);

    /// <summary>
    /// The network says that a UDP peer cannot be reached (ICMP, or the system had no way there): what waits for it need not wait longer (RFC 3261
    /// §18.4). A forged ICMP error looks the same, so nothing that lasts may follow from it. Only where the system tells (Linux).
    /// </summary>
    void OnUnreachable(SipFlow flow)
    {
    }

    /// <summary>
    /// When all that was handed over so far has been handled. A peer that has no more to say (it closed its direction of a connection) still gets
    /// the answers that need no longer than that.
    /// </summary>
    Task WhenHandled() => Task.CompletedTask;

    /// <summary>A connection ended, for whatever reason; called once per connection, never for UDP.</summary>
    void OnClosed(SipFlow flow);
}
