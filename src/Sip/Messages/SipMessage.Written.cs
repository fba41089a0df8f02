namespace TekSipCloud.Sip.Messages;

/// <content>Messages of our own, which need not be read to know what stands where.</content>
public sealed partial class SipMessage
{
    /// <summary>Takes a copy of what a writer has written: the same that parsing finds, without a look for the ends of lines and names.</summary>
    /// <param name="writer">Has ended a request.</param>
    /// <param name="isIdentified">Whether the writer told what the request is known by: then its Via needs no look either.</param>
    /// <returns>False when it is no whole request with a Via, From and CSeq.</returns>
    internal bool TryTake(SipWriter writer, bool isIdentified)
    {
        Clear(Own(writer.Written));
        var bytes = _buffer.Span;
        IsRequest = writer.MethodLength > 0 && writer.BodyStart > 0;
        if (!IsRequest)
            return false;

        _method = new(0, writer.MethodLength);
        _uri = new(writer.MethodLength + 1, writer.UriLength);
        _body = new(writer.BodyStart, bytes.Length - writer.BodyStart);
        Method = SipMethods.Parse(MethodToken);
        foreach (ref readonly var line in writer.Lines)
        {
            var (start, end) = (line.Start + line.NameLength + 1, line.End);
            var value = SipToken.TrimStart(bytes[start..end]);
            start = end - value.Length;
            Add(line.Name, new(line.Start, line.NameLength), new(start, SipToken.TrimEnd(value).Length), SipLimits.Default);
        }

        if (!isIdentified)
            CheckVia(SipLimits.Default);
        CheckAddress(SipHeaderName.From, ref _from, SipLimits.Default);
        CheckCSeq(SipLimits.Default);
        return _error == SipParseError.None;
    }
}
