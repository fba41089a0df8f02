using System.Buffers;
using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <content>The grammar of RFC 3261 §25.1.</content>
public readonly ref partial struct SipUri
{
    private static readonly SearchValues<byte> SchemeBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    // unreserved, user-unreserved and "#", which phones send unescaped in star codes.
    private static readonly SearchValues<byte> UserBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/#%"u8);

    // What a user part holds without an escape and without a meaning of its own (";" and "?" are allowed but mislead
    // peers).
    private static readonly SearchValues<byte> PlainUserBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,/"u8);

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789abcdefABCDEF+-.()*#"u8);

    // paramchar and hnv-unreserved (RFC 3261 §25.1), and what separates them.
    private static readonly SearchValues<byte> TailBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()[]/:&+$%;=?,@"u8);

    /// <summary>Reads a URI and nothing after it.</summary>
    /// <param name="bytes">The URI without angle brackets.</param>
    /// <param name="uri">The URI, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadUri"/> (answer 400) or <see cref="SipParseError.None"/>.</param>
    /// <returns>Whether it is a URI. An unknown scheme is no failure here: <see cref="Scheme"/> is then
    /// <see cref="SipUriScheme.Other"/>.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipUri uri, out SipParseError error)
    {
        error = SipParseError.None;
        if (bytes.StartsWith("sip:"u8) && TryParseSip(bytes, "sip".Length, SipUriScheme.Sip, out uri))
            return true;

        var colon = bytes.IndexOf((byte)':');
        var isUri = false;
        uri = default;
        if (colon > 0 && char.IsAsciiLetter((char)bytes[0]) && !bytes[..colon].ContainsAnyExcept(SchemeBytes))
        {
            isUri = SchemeOf(bytes[..colon]) switch
            {
                SipUriScheme.Other => TryParseOther(bytes, colon, out uri),
                SipUriScheme.Tel => TryParseTel(bytes, colon, out uri),
                var scheme => TryParseSip(bytes, colon, scheme, out uri),
            };
        }

        error = isUri ? SipParseError.None : SipParseError.BadUri;
        return isUri;
    }

    /// <summary>Whether a URI is of the scheme <c>sips</c>; looks at nothing else of it.</summary>
    public static bool IsSips(ReadOnlySpan<byte> uri) => uri.Length > 5 && uri[4] == ':' && SipToken.EqualsIgnoreCase(uri[..4], "sips"u8);

    private static SipUriScheme SchemeOf(ReadOnlySpan<byte> scheme) =>
        SipToken.EqualsIgnoreCase(scheme, "sip"u8) ? SipUriScheme.Sip
        : SipToken.EqualsIgnoreCase(scheme, "sips"u8) ? SipUriScheme.Sips
        : SipToken.EqualsIgnoreCase(scheme, "tel"u8) ? SipUriScheme.Tel : SipUriScheme.Other;

    private static bool TryParseOther(ReadOnlySpan<byte> bytes, int colon, out SipUri uri)
    {
        uri = new() { Bytes = bytes };
        var isOpaque = colon + 1 < bytes.Length && !bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            && !bytes.ContainsAny("<>\""u8);
        return isOpaque || Fail(out uri);
    }

    private static bool TryParseTel(ReadOnlySpan<byte> bytes, int colon, out SipUri uri)
    {
        var rest = bytes[(colon + 1)..];
        var end = rest.IndexOf((byte)';');
        var number = end < 0 ? rest : rest[..end];
        if (number.IsEmpty || number.ContainsAnyExcept(NumberBytes)
            || !TryReadTail(rest[number.Length..], out var tail, out _))
            return Fail(out uri);

        uri = new() { Bytes = bytes, Scheme = SipUriScheme.Tel, User = number, Parameters = tail };
        return true;
    }

    private static bool TryParseSip(ReadOnlySpan<byte> bytes, int colon, SipUriScheme scheme, out SipUri uri)
    {
        var rest = bytes[(colon + 1)..];
        ReadOnlySpan<byte> user = [];
        ReadOnlySpan<byte> password = [];
        // Nearly all users are plain; any other is split at the "@" that ends it and then looked at.
        var at = SipToken.PlainUserLength(rest);
        var isPlain = at > 0 && at < rest.Length && rest[at] == '@';
        if (isPlain)
        {
            user = rest[..at];
            rest = rest[(at + 1)..];
        }
        else if ((at = rest.IndexOf((byte)'@')) >= 0)
        {
            if (!TryReadUser(rest[..at], out user, out password))
                return Fail(out uri);
            rest = rest[(at + 1)..];
        }

        var end = rest.IndexOfAny((byte)';', (byte)'?');
        var hostPort = end < 0 ? rest : rest[..end];
        if (!SipHost.TryReadHostPort(hostPort, out var host, out var port)
            || !TryReadTail(rest[hostPort.Length..], out var parameters, out var headers))
            return Fail(out uri);

        uri = new()
        {
            Bytes = bytes,
            Scheme = scheme,
            User = user,
            Password = password,
            Host = host,
            Port = port,
            Parameters = parameters,
            Headers = headers,
        };
        return true;
    }

    private static bool TryReadUser(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)
    {
        var colon = bytes.IndexOf((byte)':');
        user = colon < 0 ? bytes : bytes[..colon];
        password = colon < 0 ? [] : bytes[(colon + 1)..];
        return !user.IsEmpty
            && !user.ContainsAnyExcept(UserBytes) && SipEscapes.AreValid(user)
            && (password.IsEmpty || (!password.ContainsAnyExcept(UserBytes) && SipEscapes.AreValid(password)));
    }

    private static bool TryReadTail(ReadOnlySpan<byte> tail, out SipParameters parameters, out ReadOnlySpan<byte> headers)
    {
        if (tail.IsEmpty)
        {
            parameters = default;
            headers = [];
            return true;
        }

        var question = tail.IndexOf((byte)'?');
        headers = question < 0 ? [] : tail[(question + 1)..];
        return SipParameters.TryParse(question < 0 ? tail : tail[..question], out parameters, out _)
            && !tail.ContainsAnyExcept(TailBytes) && SipEscapes.AreValid(tail) && (question < 0 || !headers.IsEmpty);
    }

    private static bool Fail(out SipUri uri)
    {
        uri = default;
        return false;
    }
}
