using System.Runtime.CompilerServices;

namespace TekSipCloud.Sip.Messages;

/// <summary>A received message: its bytes and an index of its header lines (RFC 3261 §7).</summary>
/// <remarks>Borrows the buffer it was parsed from and hands out spans of it, valid until that buffer is used for
/// something else or the next <see cref="TryParse"/>. A transport lends its receivers the same message over and over:
/// see <see cref="Detach"/>. Not thread-safe: one loop owns it at a time.</remarks>
public sealed partial class SipMessage
{
    /// <summary>More header lines than most messages have.</summary>
    private const int InitialLines = 32;

    private static readonly Range Nothing = new(0, 0);

    private Memory<byte> _buffer;
    private HeaderEntry[] _lines;
    private readonly ushort[] _firstLine;
    private byte[] _array = [];
    private int _origin;
    private ReadAddress _from;
    private ReadAddress _to;
    private ReadVia _topVia;
    private ReadCSeq _cseq;
    private ReadUri _readUri;
    private Range _method;
    private Range _uri;
    private Range _reason;
    private Range _body;
    private bool _hasRepeats;

    /// <summary>Makes an empty message, to be filled by <see cref="TryParse"/>.</summary>
    public SipMessage()
        : this(InitialLines)
    {
    }

    /// <summary>Makes an empty message with room for that many header lines.</summary>
    internal SipMessage(int lines)
    {
        _lines = new HeaderEntry[lines];
        _firstLine = new ushort[SipHeaderNames.Count];
    }

    private SipMessage(SipMessage lent)
        : this(lent.LineCount)
    {
        CopyFrom(lent);
    }

    /// <summary>Becomes a copy of another message with bytes of its own; the memory of what it was before is used again.</summary>
    internal void CopyFrom(SipMessage lent)
    {
        Take(Own(lent.Span));
        _from = lent._from;
        _to = lent._to;
        _topVia = lent._topVia;
        _cseq = lent._cseq;
        _readUri = lent._readUri;
        if (_lines.Length < lent.LineCount)
            _lines = new HeaderEntry[lent.LineCount];
        lent._lines.AsSpan(0, lent.LineCount).CopyTo(_lines);
        lent._firstLine.AsSpan().CopyTo(_firstLine);
        _method = lent._method;
        _uri = lent._uri;
        _reason = lent._reason;
        _body = lent._body;
        _error = lent._error;
        _hasRepeats = lent._hasRepeats;
        IsRequest = lent.IsRequest;
        Method = lent.Method;
        StatusCode = lent.StatusCode;
        LineCount = lent.LineCount;
    }

    /// <summary>Whether this is a request; otherwise a response.</summary>
    public bool IsRequest { get; private set; }

    /// <summary>The request's method, or the method of the response's CSeq; <see cref="SipMethod.Unknown"/> for
    /// others.</summary>
    public SipMethod Method { get; private set; }

    /// <summary>The response's code, 100–699; 0 for a request.</summary>
    public int StatusCode { get; private set; }

    /// <summary>How many header lines were indexed.</summary>
    public int LineCount { get; private set; }

    /// <summary>The message as it was received, without what surrounded it (leading line ends, octets after the body).
    /// Folded line ends have become spaces.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer;

    /// <summary>The request's method token as it was sent; for a response the CSeq's. Empty when there is
    /// none.</summary>
    public ReadOnlySpan<byte> MethodToken => IsRequest ? At(_method) : CSeqMethod();

    /// <summary>The request's target URI; empty for a response.</summary>
    public ReadOnlySpan<byte> RequestUri => At(_uri);

    /// <summary>The response's reason phrase, perhaps empty; empty for a request.</summary>
    public ReadOnlySpan<byte> ReasonPhrase => At(_reason);

    /// <summary>The body, as long as Content-Length says; empty when there is none.</summary>
    public ReadOnlySpan<byte> Body => At(_body);

    /// <summary>The Call-ID; empty when it is absent (only after a failed parse).</summary>
    public ReadOnlySpan<byte> CallId => TryGet(SipHeaderName.CallId, out var value) ? value : [];

    /// <summary>A hash of a Call-ID for choosing a loop: equal within this process only.</summary>
    public static int HashCallId(ReadOnlySpan<byte> callId)
    {
        var hash = default(HashCode);
        hash.AddBytes(callId);
        return hash.ToHashCode();
    }

    /// <summary>All header lines in their order.</summary>
    public SipHeaderLines Lines => new(this);

    private ReadOnlySpan<byte> Span => _buffer.Span;

    /// <summary>Whether the message carries the header.</summary>
    public bool Has(SipHeaderName name) => FirstLine(name) >= 0;

    /// <summary>Finds a header's first line.</summary>
    /// <param name="name">Any but <see cref="SipHeaderName.Other"/>.</param>
    /// <param name="value">The whole value of that line, unfolded and trimmed; a list is not split.</param>
    public bool TryGet(SipHeaderName name, out ReadOnlySpan<byte> value)
    {
        var line = FirstLine(name);
        value = line < 0 ? [] : At(_lines[line].Value);
        return line >= 0;
    }

    /// <summary>Every value of a header over all its lines, a list split at its commas.</summary>
    /// <param name="name">Any but <see cref="SipHeaderName.Other"/>.</param>
    public SipHeaderValues Values(SipHeaderName name) => new(this, name);

    /// <summary>Whether a list header such as Supported or Require holds a token, without case.</summary>
    public bool HasToken(SipHeaderName name, ReadOnlySpan<byte> token)
    {
        foreach (var value in Values(name))
        {
            if (SipToken.EqualsIgnoreCase(value, token))
                return true;
        }

        return false;
    }

    /// <summary>Whether a transport lends it: it then changes as soon as its receiver returns, and who keeps it longer
    /// keeps <see cref="Detach"/>'s copy.</summary>
    public bool IsLent { get; init; }

    /// <summary>The message for keeping: itself, or a copy with bytes of its own if it <see cref="IsLent"/>.</summary>
    public SipMessage Detach() => IsLent ? new SipMessage(this) : this;

    /// <summary>Bytes that it takes of memory for a message's.</summary>
    internal int Room => _array.Length;

    internal int FirstLine(SipHeaderName name) => _firstLine[(int)name] - 1;

    /// <summary>The header's next line after one of its lines; -1 when there is none.</summary>
    internal int NextLine(SipHeaderName name, int index)
    {
        if (!_hasRepeats || (SipHeaderNames.IsSingle(name) && _error == SipParseError.None))
            return -1;

        do
            index++;
        while (index < LineCount && _lines[index].Name != name);
        return index < LineCount ? index : -1;
    }

    internal SipHeaderName NameAt(int index) => _lines[index].Name;

    internal SipHeaderLine LineAt(int index)
    {
        ref readonly var line = ref _lines[index];
        return new(line.Name, At(line.NameBytes), At(line.Value));
    }

    /// <summary>Copies bytes to where those of the message before were, if they have room there.</summary>
    private Memory<byte> Own(ReadOnlySpan<byte> bytes)
    {
        var own = _array.Length < bytes.Length ? new byte[bytes.Length] : _array;
        bytes.CopyTo(own);
        return own.AsMemory(0, bytes.Length);
    }

    private ReadOnlySpan<byte> At(Range range) => new(_array, _origin + range.Start, range.Length);

    /// <summary>Where a part of the buffer stands in it.</summary>
    private Range RangeOf(ReadOnlySpan<byte> part) =>
        part.IsEmpty ? Nothing : new((int)Unsafe.ByteOffset(in _array[_origin], in part[0]), part.Length);

    private ReadOnlySpan<byte> CSeqMethod() => TryGetCSeq(out var cseq, out _) ? cseq.Method : [];

    private readonly record struct Range(int Start, int Length);

    // These are filled in place: to make one and then copy it whole has the processor wait for the parts just written.

    /// <summary>What was found in From or To, so that asking for it again costs nothing.</summary>
    private struct ReadAddress
    {
        public bool IsRead;
        public Range DisplayName;
        public Range Uri;
        public Range Tag;
        public Range Parameters;
    }

    /// <summary>What was found in CSeq.</summary>
    private struct ReadCSeq
    {
        public bool IsRead;
        public uint Number;
        public Range Method;
    }

    /// <summary>What was found in the topmost Via.</summary>
    private struct ReadVia
    {
        public bool IsRead;
        public Range Head;
        public Range Transport;
        public Range Host;
        public int Port;
        public Range Branch;
        public Range Parameters;
    }

    /// <summary>What was found in the Request-URI, which has no headers.</summary>
    private struct ReadUri
    {
        public bool IsRead;
        public SipUriScheme Scheme;
        public Range User;
        public Range Password;
        public Range Host;
        public int Port;
        public Range Parameters;
    }

    private struct HeaderEntry
    {
        public SipHeaderName Name;
        public Range NameBytes;
        public Range Value;
    }
}
