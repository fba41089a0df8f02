namespace TekSipCloud.Sip.Dialogs;

/// <summary>
/// The caller's side of reliable provisional responses (RFC 3262 §4): which of those of one early dialog are to be acknowledged. Plain rules.
/// </summary>
public sealed class ProvisionalReceipts
{
    private uint _last;

    /// <summary>Takes a response that requires <c>100rel</c>.</summary>
    /// <param name="rseq">Its RSeq, above 0; the first one's is its sender's choice.</param>
    public ProvisionalReceipt Take(uint rseq)
    {
        if (_last != 0 && rseq <= _last)
            return ProvisionalReceipt.Repeated;

        // RFC 3262 §4: one higher than the last.
        if (_last != 0 && rseq - 1 != _last)
            return ProvisionalReceipt.OutOfOrder;

        _last = rseq;
        return ProvisionalReceipt.Next;
    }
}
