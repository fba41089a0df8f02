using System.Text;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>A caller in as few lines as the library allows: invites, acknowledges, hangs up.</summary>
internal sealed class CallingUser(TransactionLayer layer, SipFlow flow, Action<string> tells) : IClientTransactionUser
{
    private readonly SipWriter _writer = new();

    public void Call()
    {
        _writer.RequestLine(SipMethod.Invite, "sip:bob@example.com"u8);
        _writer.Via(flow.Protocol.ViaToken(), flow.SentBy, layer.Ids.NewBranch());
        _writer.Header(SipHeaderName.MaxForwards, 70);
        _writer.Address(SipHeaderName.From, [], "sip:alice@example.com"u8, layer.Ids.NewTag());
        _writer.Address(SipHeaderName.To, [], "sip:bob@example.com"u8);
        _writer.Header(SipHeaderName.CallId, layer.Ids.NewCallId());
        _writer.CSeq(1, "INVITE"u8);
        _writer.Address(SipHeaderName.Contact, [], Encoding.ASCII.GetBytes($"sip:{Encoding.ASCII.GetString(flow.SentBy)}"));
        _writer.Body("text/plain"u8, "an offer"u8);
        layer.SendRequest(flow, _writer, this);
    }

    public void OnProvisional(ClientTransaction transaction, SipMessage response) => tells($"{response.StatusCode}");

    public void OnFinal(ClientTransaction transaction, SipMessage response)
    {
        if (transaction is not InviteClientTransaction || response.StatusCode >= 300)
        {
            tells($"{transaction.Request.Method} {response.StatusCode}");
            return;
        }

        if (Dialog.CreateClient(transaction.Request, response) is not { } dialog)
            return;

        tells($"{response.StatusCode}");
        dialog.StartAck(_writer, flow, layer.Ids.NewBranch(), inviteCSeq: 1);
        _writer.End();
        ((InviteClientTransaction)transaction).Acknowledge(flow, dialog.RemoteTag, _writer.Written);

        dialog.StartRequest(_writer, SipMethod.Bye, flow, layer.Ids.NewBranch());
        _writer.End();
        layer.SendRequest(flow, _writer, this);
    }

    public void OnTimeout(ClientTransaction transaction) => tells("timeout");

    public void OnTransportError(ClientTransaction transaction) => tells("transport error");
}
