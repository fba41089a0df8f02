using TekSipCloud.Gateway.Admission;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <content>Reliable provisional responses (RFC 3262 §4): each gets a PRACK within its dialog, one of a call without an offer with our answer.</content>
internal sealed partial class Candidate
{
    /// <summary>A proxy further on may fork, and each callee there has a dialog of its own; who makes more of them is not followed.</summary>
    private const int MaxReliable = 8;

    /// <summary>Kept after the fork is settled: a 2xx that crosses our CANCEL is ended by a BYE, whose number follows the PRACK's.</summary>
    private List<ReliableDialog>? _reliable;

    /// <summary>
    /// Whether its INVITE says that provisional responses may come reliably. Without an offer in it such a response offers, which the caller has to answer by
    /// PRACK, and it can answer one callee only.
    /// </summary>
    public bool OffersReliability { get; private set; }

    /// <summary>Whether its offer was answered before it answered the call.</summary>
    public bool IsSettled { get; private set; }

    private bool MayOfferReliability => call.Offer is not null || (fork.IsSingle && call.Reliable is { HasSession: false });

    private bool IsReliable(SipMessage response, out uint rseq)
    {
        rseq = 0;
        return OffersReliability
            && OptionTags.Has(response, SipHeaderName.Require, "100rel"u8)
            && response.TryGet(SipHeaderName.RSeq, out var value) && RAckHeader.TryParseRSeq(value, out rseq, out _);
    }

    private void OnReliable(ClientTransaction transaction, SipMessage response, uint rseq)
    {
        // RFC 3262 §4: what was here already, or came too early, changes nothing.
        if (Open(transaction, response) is not { } early || early.Receipts.Take(rseq) != ProvisionalReceipt.Next)
            return;

        if (Offer is null && early.Said is null && ReadEarly(response) is { } offer)
        {
            PassOffer(transaction, response, early, rseq, offer);
            return;
        }

        Acknowledge(early, rseq, sdp: null);
        early.Said ??= ReadEarly(response);
        OnRinging(transaction, response, Offer is null ? null : early.Said);
    }

    private void PassOffer(ClientTransaction transaction, SipMessage response, ReliableDialog early, uint rseq, SessionDescription offer)
    {
        early.Said = offer;
        if (call.TryPassOffer(this, response.StatusCode, offer, answer => AnswerOffer(transaction, early, rseq, offer, answer)))
            OpenEarly(transaction, response);
        else
            // RFC 3262 §5: the PRACK would have to answer it. Without one whoever sent it gives up, and says so by its final answer.
            OnRinging(transaction, response, early: null);
    }

    private void AnswerOffer(
        ClientTransaction transaction, ReliableDialog early, uint rseq, SessionDescription offer, SessionDescription answer)
    {
        // It rings no more.
        if (transaction != _transaction || !fork.IsOpen(this))
            return;

        var media = Media!;
        if (media.WriteAnswer(answer, offer, out _) is not { } sdp)
        {
            call.Refuse(488, "The caller's answer to the callee's offer has no media that can be carried.");
            return;
        }

        early.IsSettled = true;
        call.Media.Join(call.Caller!.Media, media);
        Acknowledge(early, rseq, sdp);
    }

    private void Acknowledge(ReliableDialog early, uint rseq, byte[]? sdp) =>
        new SentPrack(call, early.Dialog, target.Destination, Flow!, (rseq, CSeq), sdp).Send();

    /// <summary>The dialog of a reliable response; null when it makes none, or one too many.</summary>
    private ReliableDialog? Open(ClientTransaction transaction, SipMessage response)
    {
        if (!DialogName.TryOfResponse(response, out var name))
            return null;
        if (FindReliable(name) is { } known)
            return known;
        if (_reliable is { Count: >= MaxReliable } || Dialog.CreateClient(transaction.Request, response) is not { } dialog)
            return null;

        var opened = new ReliableDialog(FindEarly(dialog) ?? dialog);
        (_reliable ??= []).Add(opened);
        return opened;
    }

    private ReliableDialog? FindReliable(DialogName name)
    {
        if (_reliable is null)
            return null;

        foreach (var early in _reliable)
        {
            if (early.Dialog.Name.Is(name))
                return early;
        }

        return null;
    }

    /// <summary>The early dialog of that name, with its numbers and what UPDATE has changed of it; null for none.</summary>
    private Dialog? FindEarly(Dialog dialog) =>
        _early is { } leg && leg.Dialog.Name.Is(dialog.Name) ? leg.Dialog : FindReliable(dialog.Name)?.Dialog;

    private static SessionDescription? ReadEarly(SipMessage response) => response.Body.IsEmpty ? null : CallMedia.Read(response);
}
