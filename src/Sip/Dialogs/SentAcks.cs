using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// The ACKs that were sent for the 2xx responses to one INVITE, one per fork: a repeated 2xx gets the same ACK again (RFC 3261 §13.2.2.4). Kept
/// as long as its INVITE transaction.
/// </summary>
public sealed class SentAcks
{
    private SentAck? _last;

    /// <summary>Sends the ACK that the dialog wrote and keeps it. False when the flow did not take it; it is kept all the same.</summary>
    public bool Send(Dialog dialog, SipFlow flow, ReadOnlySpan<byte> ack)
    {
        _last = new(dialog, flow, ack.ToArray(), _last);
        return flow.Send(ack);
    }

    /// <summary>Sends the ACK again if this 2xx was acknowledged before; false for the first 2xx of a dialog.</summary>
    public bool TrySendAgain(SipMessage response)
    {
        if (!DialogName.TryOfResponse(response, out var name))
            return false;

        var sent = _last;
        while (sent is not null && !sent.Dialog.Name.Is(name))
            sent = sent.Former;
        sent?.Flow.Send(sent.Ack);
        return sent is not null;
    }

    /// <summary>One of them; nearly always the only one.</summary>
    private sealed record SentAck(Dialog Dialog, SipFlow Flow, byte[] Ack, SentAck? Former);
}
