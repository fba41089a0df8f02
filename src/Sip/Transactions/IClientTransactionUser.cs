using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Hears the outcome of one request. Every call comes on the loop, after <c>TransactionLayer.SendRequest</c> has returned. Exactly one of
/// final response, time-out and transport error comes, except that an INVITE may bring several 2xx.
/// </summary>
/// <remarks>A response may be lent, and is then valid during the call only: see <see cref="SipMessage.Detach"/>.</remarks>
public interface IClientTransactionUser
{
    /// <summary>A 1xx response; retransmissions come as well.</summary>
    void OnProvisional(ClientTransaction transaction, SipMessage response);

    /// <summary>
    /// A final response. For a 2xx to INVITE it is called for each one that comes, retransmissions and other forks included (RFC 6026 §7.2), until
    /// the user has acknowledged it by <see cref="InviteClientTransaction.Acknowledge"/>. Any other final response to INVITE has been acknowledged
    /// by the transaction.
    /// </summary>
    void OnFinal(ClientTransaction transaction, SipMessage response);

    /// <summary>No final response within 64*T1 (timers B and F), or none within 64*T1 of a CANCEL (RFC 3261 §9.1): treat as 408.</summary>
    void OnTimeout(ClientTransaction transaction);

    /// <summary>The request could not be sent, or its connection closed before the answer: treat as 503 (RFC 3261 §8.1.3.1).</summary>
    void OnTransportError(ClientTransaction transaction);
}
