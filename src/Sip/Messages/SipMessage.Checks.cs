using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <content>What every message must carry and in what form (RFC 3261 §8.1.1).</content>
public sealed partial class SipMessage
{
    private void CheckHeaders(SipLimits limits)
    {
        CheckAddress(SipHeaderName.From, ref _from, limits);
        CheckAddress(SipHeaderName.To, ref _to, limits);
        CheckCallId(limits);
        CheckCSeq(limits);
        CheckVia(limits);
        CheckNumber(SipHeaderName.MaxForwards, 255);
        CheckNumber(SipHeaderName.MaxBreadth, uint.MaxValue);
        CheckNumber(SipHeaderName.Expires, uint.MaxValue);
    }

    private void CheckAddress(SipHeaderName name, ref ReadAddress read, SipLimits limits)
    {
        if (!TryGetAddress(name, out var address, out var error))
        {
            Note(error);
            return;
        }

        read.IsRead = true;
        read.DisplayName = RangeOf(address.DisplayName);
        read.Uri = RangeOf(address.Uri);
        read.Tag = RangeOf(address.Tag);
        read.Parameters = RangeOf(address.Parameters.Bytes);
        var tag = address.Tag;
        if (tag.IsEmpty && !address.Parameters.Has("tag"u8))
            return;

        if (tag.Length > limits.MaxIdentifierBytes)
            Note(SipParseError.IdentifierTooLong);
        else if (!SipToken.IsToken(tag))
            Note(SipParseError.BadParameter);
    }

    private void CheckCallId(SipLimits limits)
    {
        if (!TryGet(SipHeaderName.CallId, out var callId))
            Note(SipParseError.MissingHeader);
        else if (!SipToken.IsCallId(callId))
            Note(SipParseError.BadCallId);
        else if (callId.Length > limits.MaxIdentifierBytes)
            Note(SipParseError.IdentifierTooLong);
    }

    private void CheckCSeq(SipLimits limits)
    {
        if (!TryReadCSeq(out var cseq, out var error))
        {
            Note(error);
            return;
        }

        _cseq.IsRead = true;
        _cseq.Number = cseq.Number;
        _cseq.Method = RangeOf(cseq.Method);

        if (cseq.Method.Length > limits.MaxIdentifierBytes)
            Note(SipParseError.IdentifierTooLong);

        // RFC 3261 §8.1.1.5: the method must match that of the request; RFC 4475 §3.1.2.17.
        if (!IsRequest)
            Method = SipMethods.Parse(cseq.Method);
        else if (!cseq.Method.SequenceEqual(At(_method)))
            // RFC 4475 §3.1.2.18: 501 tells the sender of a method to come what 400 would hide.
            Note(Method == SipMethod.Unknown ? SipParseError.UnknownMethod : SipParseError.BadMethod);
    }

    private void CheckVia(SipLimits limits)
    {
        if (!TryTakeOnlyVia(limits))
            CheckVias(limits);
    }

    /// <summary>Takes the Via of most messages, of which there is one: what is whole as one value has no comma that parts it.</summary>
    private bool TryTakeOnlyVia(SipLimits limits)
    {
        if (_hasRepeats || !TryGet(SipHeaderName.Via, out var value) || !ViaHeader.TryParse(value, out var via, out _)
            || via.Branch.Length > limits.MaxIdentifierBytes)
        {
            return false;
        }

        KeepTop(via);
        return true;
    }

    private void CheckVias(SipLimits limits)
    {
        var isFirst = true;
        foreach (var value in Values(SipHeaderName.Via))
        {
            if (!ViaHeader.TryParse(value, out var via, out var error))
                Note(error);
            else if (via.Branch.Length > limits.MaxIdentifierBytes)
                Note(SipParseError.IdentifierTooLong);
            if (isFirst && error == SipParseError.None)
                KeepTop(via);
            isFirst = false;
        }

        if (isFirst)
            Note(SipParseError.MissingHeader);
    }

    private void KeepTop(in ViaHeader via)
    {
        _topVia.IsRead = true;
        _topVia.Head = RangeOf(via.Head);
        _topVia.Transport = RangeOf(via.Transport);
        _topVia.Host = RangeOf(via.Host);
        _topVia.Port = via.Port;
        _topVia.Branch = RangeOf(via.Branch);
        _topVia.Parameters = RangeOf(via.Parameters.Bytes);
    }

    private void CheckNumber(SipHeaderName name, uint max)
    {
        if (TryGet(name, out var value) && (!SipToken.TryParseNumber(value, out var number) || number > max))
            Note(SipParseError.BadNumber);
    }
}
