using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>For requests whose outcome changes nothing, such as BYE (RFC 3261 §15.1.1: the session is over whatever the answer).</summary>
internal sealed class Unheard : IClientTransactionUser
{
    public static Unheard Instance { get; } = new();

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
