using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Transports;

/// <summary>
/// Finds the messages in a stream (RFC 3261 §18.3). One per connection: it remembers how far it has looked, so that bytes trickling in are looked
/// at once.
/// </summary>
internal sealed class SipStreamFramer(SipLimits limits)
{
    private static ReadOnlySpan<byte> HeaderEnd => "\r\n\r\n"u8;

    private long _searched;
    private long _length;
    private bool _isAfterLineEnd;

    /// <summary>Why the last frame was <see cref="SipFrame.Invalid"/>.</summary>
    public SipParseError Error { get; private set; }

    /// <summary>
    /// Reads the frame at the start of <paramref name="buffer"/>: its length is <paramref name="length"/>, zero for
    /// <see cref="SipFrame.NeedMore"/> (call again with the same start and more bytes). For <see cref="SipFrame.Invalid"/> it is the part worth
    /// parsing to answer it.
    /// </summary>
    public SipFrame Read(in ReadOnlySequence<byte> buffer, out long length)
    {
        length = 0;
        if (buffer.IsEmpty)
            return SipFrame.NeedMore;

        if (_searched == 0 && buffer.FirstSpan[0] is (byte)'\r' or (byte)'\n')
            return ReadLineEnds(buffer, out length);

        _isAfterLineEnd = false;
        if (_length == 0 && !TryFindLength(buffer, out length))
            return Error == SipParseError.None ? SipFrame.NeedMore : SipFrame.Invalid;

        length = 0;
        if (buffer.Length < _length)
            return SipFrame.NeedMore;

        length = _length;
        _length = _searched = 0;
        return SipFrame.Message;
    }

    private SipFrame ReadLineEnds(in ReadOnlySequence<byte> buffer, out long length)
    {
        Span<byte> start = stackalloc byte[2];
        var have = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, have).CopyTo(start);
        start = start[..have];

        // RFC 3261 §7.5: a line end before a message is ignored. It is taken at once, for it may be the answer to our own ping.
        var isLineEnd = start.SequenceEqual("\r\n"u8);
        if (!isLineEnd && "\r\n"u8.StartsWith(start))
        {
            length = 0;
            return SipFrame.NeedMore;
        }

        length = isLineEnd ? 2 : 1;
        // RFC 5626 §3.5.1: a second one right after it makes the two a ping.
        var isPing = isLineEnd && _isAfterLineEnd;
        _isAfterLineEnd = isLineEnd && !isPing;
        return isPing ? SipFrame.Ping : SipFrame.Blank;
    }

    private bool TryFindLength(in ReadOnlySequence<byte> buffer, out long unparsable)
    {
        unparsable = 0;
        var headers = FindHeaderEnd(buffer);
        if (headers < 0 && buffer.Length <= limits.MaxMessageBytes)
        {
            _searched = Math.Max(1, buffer.Length - (HeaderEnd.Length - 1));
            return false;
        }

        // The same whether its end has come already or not: how a stream is cut decides nothing.
        if (headers < 0 || headers > limits.MaxMessageBytes)
        {
            unparsable = limits.MaxMessageBytes;
            Error = SipParseError.MessageTooLarge;
            return false;
        }

        Error = ReadContentLength(buffer.Slice(0, headers), out var body);
        if (Error == SipParseError.None && headers + body > limits.MaxMessageBytes)
            Error = body > limits.MaxBodyBytes ? SipParseError.BodyTooLarge : SipParseError.MessageTooLarge;

        unparsable = headers;
        _length = headers + body;
        return Error == SipParseError.None;
    }

    private long FindHeaderEnd(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
        {
            var at = buffer.FirstSpan[(int)_searched..].IndexOf(HeaderEnd);
            return at < 0 ? -1 : _searched + at + HeaderEnd.Length;
        }

        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(_searched);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, HeaderEnd) ? reader.Consumed : -1;
    }

    private SipParseError ReadContentLength(in ReadOnlySequence<byte> headers, out long length)
    {
        var size = (int)headers.Length;
        if (headers.IsSingleSegment)
            return ContentLengthLine.Read(headers.FirstSpan, limits, out length);

        var copy = ArrayPool<byte>.Shared.Rent(size);
        headers.CopyTo(copy);
        var error = ContentLengthLine.Read(copy.AsSpan(0, size), limits, out length);
        ArrayPool<byte>.Shared.Return(copy);
        return error;
    }
}
