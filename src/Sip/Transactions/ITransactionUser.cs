using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Transactions;

/// <summary>The transaction user of RFC 3261 §5 as a server. Every call comes on the layer's loop.</summary>
/// <remarks>A message that is given without its transaction may be lent, and is then valid during the call only: see
/// <see cref="SipMessage.Detach"/>.</remarks>
public interface ITransactionUser
{
    /// <summary>
    /// Asked about a request that belongs to no transaction, before anything is remembered of it. False: the user answers it statelessly, drops it,
    /// or calls <see cref="TransactionLayer.Accept"/> itself after asking elsewhere; until then its retransmissions come here as well, and a CANCEL of
    /// it is answered 481. So what can be judged at once (a nonce, an address) belongs here, what has to be awaited belongs after
    /// <see cref="OnRequest"/>.
    /// </summary>
    bool Admit(SipFlow flow, SipMessage request) => true;

    /// <summary>Whether a CANCEL that belongs to no transaction is answered, by 481 (RFC 3261 §9.2); it is dropped otherwise.</summary>
    bool Hears(SipFlow flow, SipMessage cancel) => true;

    /// <summary>A new request, neither ACK nor CANCEL. It must be answered, now or later.</summary>
    void OnRequest(ServerTransaction transaction);

    /// <summary>An ACK that no transaction waits for: that of a 2xx, or of a stateless answer.</summary>
    void OnAck(SipFlow flow, SipMessage ack);

    /// <summary>
    /// The caller gave up a pending INVITE; answer it 487 if it has no final answer yet. The layer has answered <paramref name="cancel"/> 200
    /// already (RFC 3261 §9.2).
    /// </summary>
    void OnCancel(InviteServerTransaction invite, ServerTransaction cancel);

    /// <summary>A response that belongs to no transaction, such as a 2xx that comes after 64*T1. RFC 3261 §18.1.2 has it dropped.</summary>
    void OnStrayResponse(SipFlow flow, SipMessage response)
    {
    }

    /// <summary>
    /// A fork's 2xx to an INVITE of ours whose user is done with it, having acknowledged another fork's: to be acknowledged by
    /// <see cref="TransactionLayer.Acknowledge"/> and ended by BYE (RFC 3261 §13.2.2.4).
    /// </summary>
    /// <param name="flow">The way that the ACK of the other fork took.</param>
    /// <param name="acknowledged">That ACK.</param>
    /// <param name="response">The 2xx.</param>
    void OnOtherAnswer(SipFlow flow, SipMessage acknowledged, SipMessage response)
    {
    }

    /// <summary>
    /// Asked when the way that a request came by is gone before it was answered: the other ways to its sender. Null, the default, for none: who is
    /// not known has us connect nowhere. May be asked again while the answer is null.
    /// </summary>
    IReturnPath? FindWayBack(ServerTransaction transaction) => null;

    /// <summary>A transaction ended early; it cannot be answered any more.</summary>
    void OnFailed(ServerTransaction transaction, TransactionFailure failure)
    {
    }
}
