namespace TekSipCloud.Sip.Messages;

/// <content>What a request is known by, noted as it is written.</content>
public sealed partial class SipWriter
{
    private WrittenNotes _notes;

    /// <summary>Tells what the request is known by, without a look at what was written.</summary>
    /// <returns>False when it is no whole request that may be answered, or one whose topmost Via, From or CSeq were not written as such, or not once:
    /// it is to be read then.</returns>
    internal bool TryIdentify(out WrittenIdentity identity)
    {
        identity = default;
        var written = Written;
        var method = written[..MethodLength];
        if (MethodLength == 0 || BodyStart == 0 || method.SequenceEqual("ACK"u8) || !TryFindCallId(out var callId)
            || _notes.CSeqNumber > int.MaxValue || !method.SequenceEqual(_notes.CSeqMethod.In(written)))
        {
            return false;
        }

        identity = new()
        {
            Method = method,
            Branch = _notes.Branch.In(written),
            CallId = callId,
            FromTag = _notes.FromTag.In(written),
            CSeq = _notes.CSeqNumber,
        };
        return true;
    }

    /// <summary>Finds the one Call-ID, if what was noted stands in the first Via and the only From and CSeq.</summary>
    private bool TryFindCallId(out ReadOnlySpan<byte> callId)
    {
        var (via, from, cseq, id) = (0, 0, 0, 0);
        var areSingle = true;
        for (var i = 1; i <= _lineCount; i++)
        {
            switch (_lines[i - 1].Name)
            {
                case SipHeaderName.Via:
                    via = via == 0 ? i : via;
                    break;
                case SipHeaderName.From:
                    areSingle &= from == 0;
                    from = i;
                    break;
                case SipHeaderName.CSeq:
                    areSingle &= cseq == 0;
                    cseq = i;
                    break;
                case SipHeaderName.CallId:
                    areSingle &= id == 0;
                    id = i;
                    break;
            }
        }

        callId = id == 0 ? [] : ValueOf(_lines[id - 1]);
        return areSingle && via > 0 && from > 0 && cseq > 0 && !callId.IsEmpty
            && via == _notes.Branch.Line && from == _notes.FromTag.Line && cseq == _notes.CSeqMethod.Line;
    }

    private ReadOnlySpan<byte> ValueOf(in WrittenLine line) =>
        SipToken.Trim(_buffer.AsSpan((line.Start + line.NameLength + 1)..line.End));

    /// <summary>Notes that what ends here is the branch of our Via.</summary>
    private void NoteBranch(int length) => _notes.Branch = Ending(length);

    /// <summary>Notes that what ends here is the tag of From, if it is.</summary>
    private void NoteTag(SipHeaderName name, int length)
    {
        if (name == SipHeaderName.From)
            _notes.FromTag = Ending(length);
    }

    /// <summary>Notes the number of CSeq, whose method ends here.</summary>
    private void NoteCSeq(uint number, int length) => (_notes.CSeqMethod, _notes.CSeqNumber) = (Ending(length), number);

    private WrittenNotes.Note Ending(int length) => new(_lineCount, _length - length, length);
}
