using System.Runtime.InteropServices;
using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <content>From bytes to the index.</content>
public sealed partial class SipMessage
{
    private SipParseError _error;

    /// <summary>Whether a response could find its way back although parsing failed: a request other than ACK whose
    /// topmost Via names its sender. Of From, To, Call-ID and CSeq the response carries what is there (RFC 4475
    /// §3.3.1).</summary>
    public bool CanBeAnswered => IsRequest && Method != SipMethod.Ack && HasTopSentBy();

    /// <summary>Parses bytes that the caller gives up for good.</summary>
    /// <param name="bytes">One whole message; changed in place where lines are folded.</param>
    /// <exception cref="FormatException">The bytes are no message. For bytes from a peer use
    /// <see cref="TryParse"/>.</exception>
    public static SipMessage Parse(byte[] bytes)
    {
        var message = new SipMessage();
        return message.TryParse(bytes, SipLimits.Default, out var error)
            ? message
            : throw new FormatException($"No SIP message: {error}.");
    }

    /// <summary>Indexes one message, whether it came in a datagram or was cut from a stream.</summary>
    /// <param name="bytes">The message. Line ends before it and octets after its body are left out (RFC 3261 §7.5,
    /// §18.3). The message borrows the buffer and overwrites folded line ends with spaces.</param>
    /// <param name="limits">What is refused for its size.</param>
    /// <param name="error">The first fault, or <see cref="SipParseError.None"/>.</param>
    /// <returns>Whether the message is well-formed and carries the headers every message needs. After a failure all
    /// that was indexed stays readable; see <see cref="CanBeAnswered"/>.</returns>
    /// <remarks>Allocates nothing unless the message has more header lines than any before it.</remarks>
    public bool TryParse(Memory<byte> bytes, SipLimits limits, out SipParseError error)
    {
        var blank = bytes.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        Clear(blank < 0 ? default : bytes[blank..]);

        error = blank < 0 ? SipParseError.Empty : SipParseError.None;
        if (blank < 0)
            return false;

        if (_buffer.Length > limits.MaxMessageBytes)
        {
            Note(SipParseError.MessageTooLarge);
            _buffer = _buffer[..limits.MaxMessageBytes];
        }

        var position = ReadStartLine(limits);
        if (position > 0)
        {
            var bodyStart = ReadHeaderLines(position, limits);
            ReadBody(bodyStart, limits);
            CheckHeaders(limits);
        }

        error = _error;
        return error == SipParseError.None;
    }

    private bool HasTopSentBy()
    {
        if (_topVia.IsRead)
            return _topVia.Host.Length > 0;

        foreach (var value in Values(SipHeaderName.Via))
        {
            _ = ViaHeader.TryParse(value, out var via, out _);
            return !via.Host.IsEmpty;
        }

        return false;
    }

    private void Clear(Memory<byte> buffer)
    {
        Take(buffer);
        _error = SipParseError.None;
        _method = _uri = _reason = _body = Nothing;
        Array.Clear(_firstLine);
        _from = _to = default;
        _topVia = default;
        _cseq = default;
        _readUri = default;
        IsRequest = false;
        Method = SipMethod.Unknown;
        StatusCode = 0;
        LineCount = 0;
        _hasRepeats = false;
    }

    private void Take(Memory<byte> buffer)
    {
        // Spans of an array cost less than those of a Memory, and everything here is read by span, again and again.
        if (!MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array))
            array = buffer.ToArray();
        _buffer = array;
        (_array, _origin) = (array.Array ?? [], array.Offset);
    }

    /// <summary>Keeps the first fault: it is the one that is answered.</summary>
    private void Note(SipParseError error)
    {
        if (_error == SipParseError.None)
            _error = error;
    }

    /// <summary>Reads header lines up to the empty one.</summary>
    /// <returns>Where the body starts, or -1 when the section does not end.</returns>
    private int ReadHeaderLines(int position, SipLimits limits)
    {
        var span = _buffer.Span;
        while (true)
        {
            var isClean = TryFindCleanEnd(span, position, out var length, out var colon);
            if (!isClean)
                (length, colon) = (UnfoldLine(span[position..]), -1);
            if (length < 0)
            {
                Note(SipParseError.MissingHeaderEnd);
                return -1;
            }

            if (length == 0)
                return position + 2;

            if (!isClean || !TryIndexKnown(span, position, colon, position + length, limits))
                IndexLine(position, span.Slice(position, length), isClean, limits);
            position += length + 2;
        }
    }

    /// <summary>Finds the end of a header line as nearly all are: one look for control characters finds the line end first, and nothing continues
    /// the line after it.</summary>
    private static bool TryFindCleanEnd(ReadOnlySpan<byte> span, int position, out int length, out int colon)
    {
        var end = SipToken.IndexOfControl(span, position, out colon);
        length = end - position;
        var next = end + 2;
        return end >= 0 && next <= span.Length && span[end] == '\r' && span[end + 1] == '\n'
            && (length == 0 || next >= span.Length || span[next] is not ((byte)' ' or (byte)'\t'));
    }

    /// <summary>Finds the end of a header line, folded parts included, and turns the folds into spaces.</summary>
    /// <returns>The line's length without its line end, or -1 when it has none.</returns>
    private static int UnfoldLine(Span<byte> rest)
    {
        var start = 0;
        while (true)
        {
            var step = rest[start..].IndexOf((byte)'\r');
            if (step < 0)
                return -1;

            var end = start + step;
            var next = end + 2;
            // A lone CR ends no line; what it does in one is judged with the line.
            if (next > rest.Length || rest[end + 1] != '\n')
            {
                start = end + 1;
                continue;
            }

            // RFC 3261 §7.3.1: a line that starts with white space continues the one before it.
            if (end == 0 || next >= rest.Length || rest[next] is not ((byte)' ' or (byte)'\t'))
                return end;

            rest[end..next].Fill((byte)' ');
            start = next;
        }
    }

    /// <summary>Indexes a line without control characters whose name is known and ends at the colon, as nearly all are.</summary>
    private bool TryIndexKnown(ReadOnlySpan<byte> span, int start, int colon, int end, SipLimits limits)
    {
        if (colon < start || end - start > limits.MaxLineBytes
            || SipHeaderNames.Parse(span[start..colon]) is not (not SipHeaderName.Other and var name))
        {
            return false;
        }

        var first = colon + 1;
        while (first < end && span[first] is (byte)' ' or (byte)'\t')
            first++;
        while (end > first && span[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        Add(name, new(start, colon - start), new(first, end - first), limits);
        return true;
    }

    private void IndexLine(int position, ReadOnlySpan<byte> line, bool isClean, SipLimits limits)
    {
        if (line.Length > limits.MaxLineBytes)
        {
            Note(SipParseError.LineTooLong);
            return;
        }

        if (!isClean && SipToken.HasBareControl(line))
        {
            Note(SipParseError.ControlCharacter);
            return;
        }

        if (!TryFindColon(line, out var nameLength, out var colon))
        {
            Note(SipParseError.BadHeaderName);
            return;
        }

        var name = SipHeaderNames.Parse(line[..nameLength]);
        var value = SipToken.TrimStart(line[(colon + 1)..]);
        var start = position + line.Length - value.Length;
        value = SipToken.TrimEnd(value);
        Add(name, new(position, nameLength), new(start, value.Length), limits);
    }

    /// <summary>Finds the colon after any name. RFC 3261 §25.1 HCOLON: white space before it belongs to no name, so it can hide no header.</summary>
    private static bool TryFindColon(ReadOnlySpan<byte> line, out int nameLength, out int colon)
    {
        nameLength = SipToken.TokenLength(line);
        var rest = SipToken.TrimStart(line[nameLength..]);
        colon = line.Length - rest.Length;
        return nameLength > 0 && rest.StartsWith(":"u8);
    }

    private void Add(SipHeaderName id, Range name, Range value, SipLimits limits)
    {
        if (LineCount >= Math.Min(limits.MaxHeaderLines, ushort.MaxValue))
        {
            Note(SipParseError.TooManyHeaders);
            return;
        }

        if (LineCount == _lines.Length)
            Array.Resize(ref _lines, Math.Max(InitialLines, _lines.Length * 2));

        ref var line = ref _lines[LineCount++];
        line.Name = id;
        line.NameBytes = name;
        line.Value = value;
        if (id == SipHeaderName.Other)
            return;

        ref var first = ref _firstLine[(int)id];
        if (first == 0)
        {
            first = (ushort)LineCount;
            return;
        }

        _hasRepeats = true;
        if (SipHeaderNames.IsSingle(id))
            Note(SipParseError.DuplicateHeader);
    }

    private void ReadBody(int start, SipLimits limits)
    {
        if (start < 0)
            return;

        var arrived = _buffer.Length - start;
        var length = arrived;
        if (TryGet(SipHeaderName.ContentLength, out var value))
        {
            // RFC 3261 §18.3: octets after the body are left out; a body shorter than announced is an error.
            if (!SipToken.TryParseNumber(value, out var announced) || announced > arrived)
                Note(SipParseError.BadContentLength);
            else
                length = (int)announced;
        }

        if (length > limits.MaxBodyBytes)
            Note(SipParseError.BodyTooLarge);

        _body = new(start, length);
        _buffer = _buffer[..(start + length)];
    }
}
