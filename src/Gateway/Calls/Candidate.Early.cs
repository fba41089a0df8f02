using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <content>The dialog of a device that rings and may send UPDATE meanwhile (RFC 3311 §5.1). For others none is kept before the answer.</content>
internal sealed partial class Candidate
{
    /// <summary>It rings no more: its early dialog takes no requests.</summary>
    public void CloseEarly()
    {
        if (_early is not { } early)
            return;

        _early = null;
        Gateway.Remove(early);
    }

    private void OpenEarly(ClientTransaction transaction, SipMessage response)
    {
        if (_early is not null || !response.HasToken(SipHeaderName.Allow, "UPDATE"u8)
            || Dialog.CreateClient(transaction.Request, response) is not { } dialog)
        {
            return;
        }

        _early = ToLeg(FindEarly(dialog) ?? dialog);
        Gateway.Add(_early);
    }

    /// <summary>The dialog that an answer confirms: the early one, or a new one.</summary>
    private Dialog? Confirm(InviteClientTransaction transaction, SipMessage response)
    {
        var dialog = Dialog.CreateClient(transaction.Request, response);
        if (dialog is null || FindEarly(dialog) is not { } early)
            return dialog;

        early.TakeResponse(response);
        return early;
    }
}
