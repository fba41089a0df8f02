using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>One hop that a request took and its response takes back (RFC 3261 §20.42).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct ViaHeader
{
    /// <summary>What every branch made by RFC 3261 starts with (§8.1.1.7).</summary>
    public static ReadOnlySpan<byte> MagicCookie => "z9hG4bK"u8;

    /// <summary>The value as it was sent up to its parameters: protocol and sent-by.</summary>
    public ReadOnlySpan<byte> Head { get; private init; }

    /// <summary>The transport token, such as <c>UDP</c>, <c>TLS</c>, <c>WSS</c>; any case.</summary>
    public ReadOnlySpan<byte> Transport { get; private init; }

    /// <summary>The sent-by host: name, IPv4 address or IPv6 reference in brackets.</summary>
    public ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>The sent-by port, 1–65535; 0 when it is absent.</summary>
    public int Port { get; private init; }

    /// <summary>All parameters.</summary>
    public SipParameters Parameters { get; private init; }

    /// <summary>The branch; empty when it is absent (RFC 2543 peers).</summary>
    public ReadOnlySpan<byte> Branch { get; private init; }

    /// <summary>The address the request came from, with or without brackets (RFC 5118 §4.5); empty when it is
    /// absent.</summary>
    public ReadOnlySpan<byte> Received => Parameters["received"u8];

    /// <summary>The multicast address; empty when it is absent.</summary>
    public ReadOnlySpan<byte> Maddr => Parameters["maddr"u8];

    /// <summary>Whether the sender asks for symmetric response routing (RFC 3581 §3).</summary>
    public bool HasRport => Parameters.Has("rport"u8);

    /// <summary>The source port that a server filled in, 1–65535; 0 when there is none.</summary>
    public int Rport => SipToken.TryParseNumber(Parameters["rport"u8], out var port) && port <= 65_535 ? (int)port : 0;

    /// <summary>The time to live, 0–255; null when it is absent or no such number.</summary>
    public int? Ttl => SipToken.TryParseNumber(Parameters["ttl"u8], out var ttl) && ttl <= 255 ? (int)ttl : null;

    /// <summary>Whether the branch carries the magic cookie: transactions then match by branch (RFC 3261
    /// §17.2.3).</summary>
    public bool HasMagicCookie => IsMagic(Branch);

    /// <summary>The same of a branch alone.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> branch) =>
        branch.Length > MagicCookie.Length && SipToken.EqualsIgnoreCase(branch[..MagicCookie.Length], MagicCookie);

    /// <summary>Reads one value such as <c>SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1</c>.</summary>
    /// <param name="value">One element of the header, trimmed.</param>
    /// <param name="header">The parsed value; without parameters when only they are at fault, otherwise empty on
    /// failure.</param>
    /// <param name="error"><see cref="SipParseError.BadVia"/>, <see cref="SipParseError.BadParameter"/> or
    /// <see cref="SipParseError.BadQuotedString"/>; answer each with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out ViaHeader header, out SipParseError error)
    {
        header = default;
        error = SipParseError.BadVia;
        value = SipToken.Trim(value);
        var semicolon = value.IndexOf((byte)';');
        var head = semicolon < 0 ? value : value[..semicolon];
        var rest = head;
        if ((!TryTakeVersion(ref rest)
                && (!TryTakeToken(ref rest, out _) || !TryTakeSlash(ref rest) || !TryTakeToken(ref rest, out _) || !TryTakeSlash(ref rest)))
            || !TryTakeToken(ref rest, out var transport) || !TryReadSentBy(rest, out var host, out var port))
            return false;

        var isWhole = SipParameters.TryParse(value[head.Length..], "branch"u8, out var parameters, out var branch, out error);
        header = new()
        {
            Head = SipToken.TrimEnd(head),
            Transport = transport,
            Host = host,
            Port = port,
            Branch = branch,
            Parameters = parameters,
        };
        return isWhole;
    }

    /// <summary>Puts together what was read before.</summary>
    internal static ViaHeader Again(
        ReadOnlySpan<byte> head, ReadOnlySpan<byte> transport, ReadOnlySpan<byte> host, int port, ReadOnlySpan<byte> branch,
        ReadOnlySpan<byte> parameters) => new()
        {
            Head = head,
            Transport = transport,
            Host = host,
            Port = port,
            Branch = branch,
            Parameters = SipParameters.Again(parameters),
        };

    /// <summary>Takes what all but everybody writes before the transport.</summary>
    private static bool TryTakeVersion(scoped ref ReadOnlySpan<byte> rest)
    {
        var isUsual = rest.StartsWith("SIP/2.0/"u8) && rest.Length > 8 && rest[8] is not ((byte)' ' or (byte)'\t');
        if (isUsual)
            rest = rest[8..];
        return isUsual;
    }

    private static bool TryTakeToken(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> token)
    {
        token = rest[..SipToken.TokenLength(rest)];
        rest = rest[token.Length..];
        return !token.IsEmpty && (rest.IsEmpty || rest[0] is (byte)'/' or (byte)' ' or (byte)'\t');
    }

    private static bool TryTakeSlash(scoped ref ReadOnlySpan<byte> rest)
    {
        rest = SipToken.TrimStart(rest);
        if (!rest.StartsWith("/"u8))
            return false;

        rest = SipToken.TrimStart(rest[1..]);
        return true;
    }

    private static bool TryReadSentBy(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> host, out int port)
    {
        host = [];
        port = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)' ' or (byte)'\t'))
            return false;

        rest = SipToken.Trim(rest);
        if (SipHost.TryReadHostPort(rest, out host, out port))
            return true;

        // RFC 3261 §25.1 COLON: white space may surround the colon of sent-by; RFC 4475 §3.1.1.1 does so.
        var gap = rest.IndexOfAny(" \t"u8);
        if (gap < 0)
            return false;

        var digits = SipToken.TrimStart(rest[gap..]);
        if (rest[gap - 1] != ':' && !digits.StartsWith(":"u8))
            return false;

        digits = digits.StartsWith(":"u8) ? SipToken.TrimStart(digits[1..]) : digits;
        var name = rest[..gap].TrimEnd((byte)':');
        if (!SipHost.TryReadHostPort(name, out host, out _) || host.Length != name.Length)
            return false;
        if (!SipToken.TryParseNumber(digits, out var number) || number is 0 or > 65_535)
            return false;
        port = (int)number;
        return true;
    }
}
