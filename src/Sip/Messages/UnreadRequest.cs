using System.Runtime.CompilerServices;

namespace TekSipCloud.Sip.Messages;

/// <summary>
/// What of a new INVITE or REGISTER must be known to refuse it, found in one pass over its lines. Only the plain form is taken, which is what nearly all
/// send by UDP: one Via, no list, no folding, no credentials. Everything else is for <see cref="SipMessage"/> to read.
/// </summary>
/// <remarks>Borrows the bytes it was found in.</remarks>
public ref struct UnreadRequest
{
    private static ReadOnlySpan<byte> Version => " SIP/2.0"u8;

    private ReadOnlySpan<byte> _method;
    private ReadOnlySpan<byte> _requestUri;
    private ReadOnlySpan<byte> _requestUser;
    private ReadOnlySpan<byte> _viaLine;
    private ReadOnlySpan<byte> _from;
    private ReadOnlySpan<byte> _to;
    private ReadOnlySpan<byte> _callId;
    private ReadOnlySpan<byte> _cseq;
    private UnreadVia _via;
    private int _length;

    /// <summary>INVITE or REGISTER.</summary>
    public readonly ReadOnlySpan<byte> Method => _method;

    /// <summary>The Request-URI, unread.</summary>
    public readonly ReadOnlySpan<byte> RequestUri => _requestUri;

    /// <summary>The user part of the Request-URI; empty when it has none.</summary>
    public readonly ReadOnlySpan<byte> RequestUser => _requestUser;

    /// <summary>The value of From.</summary>
    public readonly ReadOnlySpan<byte> From => _from;

    /// <summary>The value of To, which has no tag.</summary>
    public readonly ReadOnlySpan<byte> To => _to;

    /// <summary>The value of Call-ID.</summary>
    public readonly ReadOnlySpan<byte> CallId => _callId;

    /// <summary>The value of CSeq.</summary>
    public readonly ReadOnlySpan<byte> CSeq => _cseq;

    /// <summary>How long the datagram is, in bytes.</summary>
    public readonly int Length => _length;

    /// <summary>The only Via.</summary>
    internal readonly UnreadVia Via => _via;

    /// <summary>Whether a datagram is such a request; nothing is said of one that is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFind(ReadOnlySpan<byte> datagram, out UnreadRequest request)
    {
        request = default;
        request._length = datagram.Length;
        request._method = datagram.StartsWith("REGISTER "u8) ? "REGISTER"u8 : datagram.StartsWith("INVITE "u8) ? "INVITE"u8 : default;
        return !request._method.IsEmpty && datagram.Length >= PlainLines.LeastBytes && request.TryRead(datagram);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead(ReadOnlySpan<byte> datagram)
    {
        var lines = new PlainLines(datagram);
        if (!lines.TryTake(out var line) || !TryReadStart(line))
            return false;

        while (lines.TryTake(out line))
        {
            if (line.IsEmpty)
                return IsWhole() && _cseq.EndsWith(_method) && !HasTag(_to) && UnreadVia.TryFind(_viaLine, out _via);
            if (!TryTake(line))
                return false;
        }

        return false;
    }

    private bool TryReadStart(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith(Version) || line.Length <= _method.Length + Version.Length)
            return false;

        var uri = line[(_method.Length + 1)..^Version.Length];
        _requestUri = uri;
        var scheme = uri.IndexOf((byte)':');
        var at = uri.IndexOf((byte)'@');
        if (at > scheme && scheme > 0)
            _requestUser = uri[(scheme + 1)..at];
        return scheme > 0 && !uri.ContainsAny((byte)' ', (byte)'\t');
    }

    private readonly bool IsWhole() => !_viaLine.IsEmpty && !_from.IsEmpty && !_to.IsEmpty && !_callId.IsEmpty && !_cseq.IsEmpty;

    /// <summary>Looks at the beginning only: what is of no account here begins otherwise than what is, and a folded line with white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTake(ReadOnlySpan<byte> line) => (byte)(line[0] | 0x20) switch
    {
        (byte)'v' => line.StartsWith("Via: "u8) ? TrySet(ref _viaLine, line[5..]) : TryTakeByName(line),
        (byte)'f' => line.StartsWith("From: "u8) ? TrySet(ref _from, line[6..]) : TryTakeByName(line),
        (byte)'t' => line.StartsWith("To: "u8) ? TrySet(ref _to, line[4..]) : TryTakeByName(line),
        (byte)'c' => line.StartsWith("Con"u8)
            || (line.StartsWith("Call-ID: "u8) ? TrySet(ref _callId, line[9..])
                : line.StartsWith("CSeq: "u8) ? TrySet(ref _cseq, line[6..]) : TryTakeByName(line)),
        (byte)'a' => line.StartsWith("Al"u8) || TryTakeByName(line),
        (byte)'i' or (byte)'p' or (byte)'r' => TryTakeByName(line),
        _ => line[0] is not ((byte)' ' or (byte)'\t'),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTakeByName(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 1)
            return false;

        var name = line[..colon];
        var value = line[(colon + 1)..];
        return SipHeaderNames.Parse(name) switch
        {
            SipHeaderName.Via => TrySet(ref _viaLine, value),
            SipHeaderName.From => TrySet(ref _from, value),
            SipHeaderName.To => TrySet(ref _to, value),
            SipHeaderName.CallId => TrySet(ref _callId, value),
            SipHeaderName.CSeq => TrySet(ref _cseq, value),
            SipHeaderName.Route or SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization => false,
            _ => !name.ContainsAny((byte)' ', (byte)'\t'),
        };
    }

    private static bool TrySet(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> value)
    {
        var isFirst = line.IsEmpty;
        line = SipToken.Trim(value);
        return isFirst && !line.IsEmpty;
    }

    // Wherever "tag" stands, also in a display name: the parser then looks. Nearly always nothing follows the URI's bracket.
    private static bool HasTag(ReadOnlySpan<byte> to)
    {
        if (to.IndexOf((byte)'>') == to.Length - 1)
            return false;

        for (var at = to.IndexOfAny((byte)'t', (byte)'T'); at >= 0; at = to.IndexOfAny((byte)'t', (byte)'T'))
        {
            if (to.Length > at + 2 && (to[at + 1] | 0x20) == 'a' && (to[at + 2] | 0x20) == 'g')
                return true;
            to = to[(at + 1)..];
        }

        return false;
    }
}
