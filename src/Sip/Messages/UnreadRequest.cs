namespace TekSipCloud.Sip.Messages;

/// <summary>
/// What of a new INVITE or REGISTER must be known to refuse it, found in one pass over its lines. Only the plain form is taken, which is what nearly all
/// send: one Via, no list, no folding, no credentials. Everything else is for <see cref="SipMessage"/> to read.
/// </summary>
/// <remarks>Borrows the bytes it was found in.</remarks>
public readonly ref struct UnreadRequest
{
    /// <summary>INVITE or REGISTER.</summary>
    public ReadOnlySpan<byte> Method { get; private init; }

    /// <summary>The user part of the Request-URI; empty when it has none.</summary>
    public ReadOnlySpan<byte> RequestUser { get; private init; }

    /// <summary>The value of the only Via.</summary>
    public ReadOnlySpan<byte> Via { get; private init; }

    /// <summary>The value of From.</summary>
    public ReadOnlySpan<byte> From { get; private init; }

    /// <summary>The value of To, which has no tag.</summary>
    public ReadOnlySpan<byte> To { get; private init; }

    /// <summary>The value of Call-ID.</summary>
    public ReadOnlySpan<byte> CallId { get; private init; }

    /// <summary>The value of CSeq.</summary>
    public ReadOnlySpan<byte> CSeq { get; private init; }

    /// <summary>How long the datagram is, in bytes.</summary>
    public int Length { get; private init; }

    /// <summary>Whether a datagram is such a request; nothing is said of one that is not.</summary>
    public static bool TryFind(ReadOnlySpan<byte> datagram, out UnreadRequest request)
    {
        request = default;
        var line = datagram.IndexOf("\r\n"u8);
        if (line < 0 || !TryReadStart(datagram[..line], out var method, out var user))
            return false;

        var lines = new Lines();
        if (!lines.TryRead(datagram[(line + 2)..]) || !lines.CSeq.EndsWith(method) || lines.Via.ContainsAny(",\""u8) || HasTag(lines.To))
            return false;

        request = new()
        {
            Length = datagram.Length,
            Method = method,
            RequestUser = user,
            Via = lines.Via,
            From = lines.From,
            To = lines.To,
            CallId = lines.CallId,
            CSeq = lines.CSeq,
        };
        return true;
    }

    private static bool TryReadStart(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> user)
    {
        method = line.StartsWith("INVITE "u8) ? "INVITE"u8 : line.StartsWith("REGISTER "u8) ? "REGISTER"u8 : default;
        user = default;
        if (method.IsEmpty || !line.EndsWith(" SIP/2.0"u8))
            return false;

        var uri = line[(method.Length + 1)..^" SIP/2.0".Length];
        var scheme = uri.IndexOf((byte)':');
        var at = uri.IndexOf((byte)'@');
        user = at > scheme && scheme >= 0 ? uri[(scheme + 1)..at] : default;
        return scheme > 0 && !uri.ContainsAny(" \t"u8);
    }

    // Wherever "tag" stands, also in a display name: the parser then looks.
    private static bool HasTag(ReadOnlySpan<byte> to)
    {
        for (var at = to.IndexOfAny((byte)'t', (byte)'T'); at >= 0; at = to.IndexOfAny((byte)'t', (byte)'T'))
        {
            if (to.Length > at + 2 && (to[at + 1] | 0x20) == 'a' && (to[at + 2] | 0x20) == 'g')
                return true;
            to = to[(at + 1)..];
        }

        return false;
    }

    /// <summary>The header lines that an answer needs, each there once.</summary>
    private ref struct Lines
    {
        public ReadOnlySpan<byte> Via;
        public ReadOnlySpan<byte> From;
        public ReadOnlySpan<byte> To;
        public ReadOnlySpan<byte> CallId;
        public ReadOnlySpan<byte> CSeq;

        public bool TryRead(ReadOnlySpan<byte> rest)
        {
            while (true)
            {
                var end = rest.IndexOf((byte)'\n');
                if (end < 1 || rest[end - 1] != '\r')
                    return false;
                if (end == 1)
                    return IsWhole();
                // A folded line goes on with white space; no header begins with it.
                var line = rest[..(end - 1)];
                var colon = line.IndexOf((byte)':');
                if (colon < 1 || line[0] is (byte)' ' or (byte)'\t' || !TryTake(line[..colon], line[(colon + 1)..]))
                    return false;
                rest = rest[(end + 1)..];
            }
        }

        private readonly bool IsWhole() => !Via.IsEmpty && !From.IsEmpty && !To.IsEmpty && !CallId.IsEmpty && !CSeq.IsEmpty;

        private bool TryTake(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => SipHeaderNames.Parse(name) switch
        {
            SipHeaderName.Via => TrySet(ref Via, value),
            SipHeaderName.From => TrySet(ref From, value),
            SipHeaderName.To => TrySet(ref To, value),
            SipHeaderName.CallId => TrySet(ref CallId, value),
            SipHeaderName.CSeq => TrySet(ref CSeq, value),
            SipHeaderName.Route or SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization => false,
            _ => !name.ContainsAny(" \t"u8),
        };

        private static bool TrySet(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> value)
        {
            var isFirst = line.IsEmpty;
            line = SipToken.Trim(value);
            return isFirst && !line.IsEmpty && !line.ContainsAny(SipToken.ControlBytes);
        }
    }
}
