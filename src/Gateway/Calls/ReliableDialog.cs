using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;

namespace TekSipCloud.Gateway.Calls;

/// <summary>An early dialog with a callee whose provisional responses come reliably (RFC 3262 §4).</summary>
internal sealed class ReliableDialog(Dialog dialog)
{
    public Dialog Dialog => dialog;

    public ProvisionalReceipts Receipts { get; } = new();

    /// <summary>The first description of it, which counts, whatever its later responses say (RFC 3261 §13.2.1); null before.</summary>
    public SessionDescription? Said { get; set; }

    /// <summary>Whether that was an offer which our PRACK has answered (RFC 3262 §5).</summary>
    public bool IsSettled { get; set; }
}
