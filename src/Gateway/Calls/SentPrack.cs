using TekSipCloud.Contracts.Counters;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// A PRACK of ours (RFC 3262 §4). A challenge is answered; anything else that becomes of it changes nothing, since what counts is the INVITE's final
/// answer.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="dialog">The dialog of the response that it acknowledges.</param>
/// <param name="destination">Whose account answers a challenge; null for a phone's dialog.</param>
/// <param name="flow">The way of the INVITE.</param>
/// <param name="acknowledged">Numbers of the response and of the INVITE.</param>
/// <param name="sdp">The answer to the response's offer; null for none.</param>
internal sealed class SentPrack(
    Call call, Dialog dialog, DestinationTarget? destination, SipFlow flow, (uint RSeq, uint CSeq) acknowledged, byte[]? sdp) : IClientTransactionUser
{
    /// <summary>How often a challenge is answered: once, and once more for a nonce that was too old (RFC 7616 §3.3).</summary>
    private const int MaxChallenges = 2;

    private int _challenges;

    public void Send(Action<SipWriter>? credentials = null)
    {
        var gateway = call.Gateway;
        var writer = gateway.Writer;
        gateway.Context.Counters.Add(call.Tenant.Id, Counter.RequestsForwarded);
        dialog.StartRequest(writer, SipMethod.Prack, flow, gateway.Ids.NewBranch());
        writer.StartHeader(SipHeaderName.RAck);
        writer.Append(acknowledged.RSeq);
        writer.Append(" "u8);
        writer.Append(acknowledged.CSeq);
        writer.Append(" INVITE"u8);
        writer.EndHeader();
        credentials?.Invoke(writer);
        if (sdp is null)
            writer.End();
        else
            writer.Body("application/sdp"u8, sdp);
        gateway.Layer.SendRequest(flow, writer, this);
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode is not (401 or 407) || _challenges >= MaxChallenges || call.IsOver)
            return;

        var credentials = DestinationCredentials.Answer(
            call, destination, response.Detach(), mustBeStale: _challenges > 0, SipMethod.Prack, dialog.RemoteTarget.ToArray());
        _challenges++;
        if (credentials is not null)
            Send(credentials);
    }

    public void OnTimeout(ClientTransaction transaction)
    {
    }

    public void OnTransportError(ClientTransaction transaction)
    {
    }
}
