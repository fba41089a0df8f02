using System.Text;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Dialogs;

/// <summary>A callee in as few lines as the library allows: rings, answers, waits for the ACK and for the BYE.</summary>
internal sealed class AnsweringUser : ITransactionUser
{
    private readonly SipWriter _writer = new();
    private readonly Dictionary<DialogId, (Dialog Dialog, AcceptedInvite Accepted)> _calls = [];

    /// <summary>The layer it serves; set before the first message.</summary>
    public TransactionLayer Layer { get; set; } = null!;

    /// <summary>Told what happens: <c>ack</c>, <c>bye</c>, <c>no ack</c>.</summary>
    public Action<string> Tells { get; set; } = static _ => { };

    public void OnRequest(ServerTransaction transaction)
    {
        if (transaction is InviteServerTransaction invite)
            Answer(invite);
        else if (DialogId.TryOfRequest(transaction.Request, out var id) && _calls.TryGetValue(id.Value, out var call))
            End(transaction, call.Dialog);
        else
            transaction.Respond(481);
    }

    public void OnAck(SipFlow flow, SipMessage ack)
    {
        if (DialogId.TryOfRequest(ack, out var id) && _calls.TryGetValue(id.Value, out var call) && call.Accepted.TryTakeAck(ack))
            Tells("ack");
    }

    public void OnCancel(InviteServerTransaction invite, ServerTransaction cancel) => invite.Respond(487);

    private void Answer(InviteServerTransaction invite)
    {
        invite.Respond(180);
        if (Dialog.CreateServer(invite.Request, invite.LocalTag) is not { } dialog)
        {
            invite.Respond(400);
            return;
        }

        invite.StartResponse(_writer, 200);
        _writer.Address(SipHeaderName.Contact, [], Encoding.ASCII.GetBytes($"sip:{Encoding.ASCII.GetString(invite.Flow.SentBy)}"));
        _writer.Body("text/plain"u8, "an answer"u8);
        if (AcceptedInvite.Respond(Layer, invite, 200, _writer.Written.ToArray(), _ => Tells("no ack")) is { } accepted)
            _calls[dialog.Id] = (dialog, accepted);
    }

    private void End(ServerTransaction bye, Dialog dialog)
    {
        var isInOrder = dialog.TryTakeRequest(bye.Request);
        bye.Respond(isInOrder ? 200 : 500);
        if (!isInOrder)
            return;

        _calls.Remove(dialog.Id);
        Tells("bye");
    }
}
