using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Sip.Messages;

/// <summary>Writes one message after another into a buffer of its own.</summary>
/// <remarks><para>A message is: <see cref="RequestLine(SipMethod, ReadOnlySpan{byte})"/> or <see cref="StatusLine"/>,
/// headers, and <see cref="Body"/> or <see cref="End"/>, which write Content-Length; then <see cref="Written"/> is what
/// goes on the wire.</para>
/// <para>Nothing with a control character gets in, so no value can end its line and start another header; such a value
/// throws. The buffer grows to the largest message and stays: a reused writer allocates nothing. Not
/// thread-safe.</para></remarks>
public sealed partial class SipWriter
{
    private byte[] _buffer;
    private WrittenLine[] _lines = new WrittenLine[32];
    private int _length;
    private int _lineCount;
    private int _methodLength;
    private int _uriLength;
    private int _bodyStart;
    private bool _isInMessage;

    /// <summary>Characters of the longest IPv6 address with a scope.</summary>
    internal const int LongestAddress = 65;

    /// <summary>A header line: where it begins, how long its name is, and where it ends.</summary>
    internal readonly record struct WrittenLine(SipHeaderName Name, int Start, int NameLength, int End);

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Makes a writer.</summary>
    /// <param name="capacity">Bytes to start with. Default: 2,048, more than an INVITE with SDP needs.</param>
    public SipWriter(int capacity = 2_048) => _buffer = new byte[capacity];

    /// <summary>The message so far; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The header lines so far, with where they stand.</summary>
    internal ReadOnlySpan<WrittenLine> Lines => _lines.AsSpan(0, _lineCount);

    /// <summary>Length of the method, which the message begins with; 0 for a response.</summary>
    internal int MethodLength => _methodLength;

    /// <summary>Length of the Request-URI, a space behind the method.</summary>
    internal int UriLength => _uriLength;

    /// <summary>Where the body begins; 0 before the message has ended.</summary>
    internal int BodyStart => _bodyStart;

    /// <summary>Starts a request, dropping what was written before.</summary>
    /// <param name="method">Any but <see cref="SipMethod.Unknown"/>.</param>
    /// <param name="uri">The Request-URI.</param>
    /// <exception cref="ArgumentException">Unknown method, or a URI that is empty or holds white space or control
    /// characters.</exception>
    public void RequestLine(SipMethod method, ReadOnlySpan<byte> uri) => RequestLine(SipMethods.Token(method), uri);

    /// <summary>Starts a request with any method, dropping what was written before.</summary>
    /// <param name="method">A token.</param>
    /// <param name="uri">The Request-URI.</param>
    /// <exception cref="ArgumentException">No token, or a URI that is empty or holds white space or control
    /// characters.</exception>
    public void RequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> uri)
    {
        if (!SipToken.IsToken(method))
            Refuse(nameof(method));
        if (uri.IsEmpty || uri.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            Refuse(nameof(uri));

        Restart();
        (_methodLength, _uriLength) = (method.Length, uri.Length);
        Put(method);
        Put(" "u8);
        Put(uri);
        Put(" SIP/2.0\r\n"u8);
    }

    /// <summary>Starts a response, dropping what was written before.</summary>
    /// <param name="status">100–699.</param>
    /// <param name="reason">The phrase; the registered one when empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such status.</exception>
    /// <exception cref="ArgumentException">A phrase with control characters.</exception>
    public void StatusLine(int status, ReadOnlySpan<byte> reason = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        Restart();
        Put("SIP/2.0 "u8);
        PutNumber((uint)status);
        Put(" "u8);
        Append(reason.IsEmpty ? SipStatus.Reason(status) : reason);
        Put("\r\n"u8);
    }

    /// <summary>Ends a message that has a body: Content-Type, Content-Length, the empty line, the body.</summary>
    /// <param name="contentType">Such as <c>application/sdp</c>.</param>
    /// <param name="body">Any bytes.</param>
    /// <exception cref="ArgumentException">A content type with control characters.</exception>
    public void Body(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        Header(SipHeaderName.ContentType, contentType);
        Finish(body);
    }

    /// <summary>Ends a message without a body: Content-Length 0 and the empty line.</summary>
    public void End() => Finish([]);

    /// <summary>Ends a message with another one's body and what describes it (Content-Type, -Disposition, -Encoding,
    /// -Language).</summary>
    public void CopyBody(SipMessage message)
    {
        CopyLines(message, SipHeaderName.ContentType);
        CopyLines(message, SipHeaderName.ContentDisposition);
        CopyLines(message, SipHeaderName.ContentEncoding);
        CopyLines(message, SipHeaderName.ContentLanguage);
        Finish(message.Body);
    }

    private void Finish(ReadOnlySpan<byte> body)
    {
        BeginHeader(SipHeaderName.ContentLength);
        PutNumber((uint)body.Length);
        EndHeader();
        Put(LineEnd);
        _bodyStart = _length;
        Put(body);
        _isInMessage = false;
    }

    private void Restart()
    {
        _notes = default;
        _length = _lineCount = _methodLength = _uriLength = _bodyStart = 0;
        _isInMessage = true;
    }

    private void Put(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private void PutClean(ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        Put(bytes);
        SipToken.ReplaceControls(_buffer.AsSpan(start, bytes.Length));
    }

    private void PutNumber(uint number)
    {
        _ = Utf8Formatter.TryFormat(number, Room(10), out var digits);
        _length += digits;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        return _buffer.AsSpan(_length);
    }

    /// <summary>A header line that begins here.</summary>
    private void NoteLine(SipHeaderName name, int nameLength)
    {
        if (_lineCount == _lines.Length)
            Array.Resize(ref _lines, _lineCount * 2);
        _lines[_lineCount++] = new(name, _length, nameLength, _length);
    }

    [DoesNotReturn]
    private static void Refuse(string parameter) =>
        throw new ArgumentException("Not fit for a line of its own: empty, white space or control characters.", parameter);

    [DoesNotReturn]
    private static void RefuseOrder() =>
        throw new InvalidOperationException("Headers stand between a start line and the end of the message.");
}
