using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Takes what the transports receive. Called on the transport's own threads, of which there are several: implementations hand the message to the
/// loop chosen by <see cref="SipMessage.CallIdHash"/> and return at once.
/// </summary>
public interface ISipReceiver
{
    /// <summary>A well-formed message came. It owns its bytes: the receiver keeps it as long as it likes.</summary>
    void OnMessage(SipFlow flow, SipMessage message);

    /// <summary>
    /// A message came that cannot be processed. <see cref="SipMessage.CanBeAnswered"/> tells whether an answer with
    /// <see cref="SipParseErrors.Status"/> can be built; on a stream whose message boundary is lost the connection closes after this call, answer
    /// included. The message is valid during the call only.
    /// </summary>
    void OnMalformed(SipFlow flow, SipMessage partial, SipParseError error);

    /// <summary>A connection ended, for whatever reason; called once per connection, never for UDP.</summary>
    void OnClosed(SipFlow flow);
}
