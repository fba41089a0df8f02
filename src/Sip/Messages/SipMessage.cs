namespace TekSipCloud.Sip.Messages;

/// <summary>A received message: its bytes and an index of its header lines (RFC 3261 §7).</summary>
/// <remarks>Borrows the buffer it was parsed from and hands out spans of it, valid until <see cref="Return"/> or the
/// next <see cref="TryParse"/>. Reusable and not thread-safe: one loop owns it at a time.</remarks>
public sealed partial class SipMessage
{
    private static readonly Range Nothing = new(0, 0);

    private Memory<byte> _buffer;
    private HeaderEntry[] _lines = new HeaderEntry[32];
    private readonly int[] _firstLine = new int[SipHeaderNames.Count];
    private Range _method;
    private Range _uri;
    private Range _reason;
    private Range _body;
    private IDisposable? _owner;

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

    /// <summary>A hash of the Call-ID for choosing a loop: equal within this process only.</summary>
    public int CallIdHash => HashCallId(CallId);

    /// <summary>The <see cref="CallIdHash"/> that messages with this Call-ID have: to make one up for a given
    /// loop.</summary>
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

    /// <summary>Ties the message to the owner of its buffer, which <see cref="Return"/> disposes of.</summary>
    public void Own(IDisposable owner) => _owner = owner;

    /// <summary>Gives the buffer back to its pool; nothing may be read from the message after that. Safe to call
    /// twice.</summary>
    public void Return()
    {
        var owner = _owner;
        _owner = null;
        Clear(default);
        owner?.Dispose();
    }

    internal int FirstLine(SipHeaderName name) => _firstLine[(int)name] - 1;

    internal SipHeaderName NameAt(int index) => _lines[index].Name;

    internal SipHeaderLine LineAt(int index)
    {
        ref readonly var line = ref _lines[index];
        return new(line.Name, At(line.NameBytes), At(line.Value));
    }

    private ReadOnlySpan<byte> At(Range range) => _buffer.Span.Slice(range.Start, range.Length);

    private ReadOnlySpan<byte> CSeqMethod() => TryGetCSeq(out var cseq, out _) ? cseq.Method : [];

    private readonly record struct Range(int Start, int Length);

    private readonly record struct HeaderEntry(SipHeaderName Name, Range NameBytes, Range Value);
}
