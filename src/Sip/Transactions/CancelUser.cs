using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transactions;

/// <summary>What becomes of a CANCEL changes nothing: the INVITE's own outcome counts (RFC 3261 §9.1).</summary>
internal sealed class CancelUser : IClientTransactionUser
{
    public static CancelUser Instance { get; } = new();

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnTimeout(ClientTransaction transaction)
    {
    }

    public void OnTransportError(ClientTransaction transaction)
    {
    }
}
