using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>An address with an optional display name and parameters, as in From, To, Contact, Route (RFC 3261
/// §20.10).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct NameAddress
{
    private static readonly SearchValues<byte> NotInBareNames = SearchValues.Create("\",<>;\\"u8);

    private NameAddress(ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> tag, SipParameters parameters)
    {
        DisplayName = displayName;
        Uri = uri;
        Tag = tag;
        Parameters = parameters;
    }

    /// <summary>The display name as it was sent, quotes and escapes included; empty when there is none.</summary>
    public ReadOnlySpan<byte> DisplayName { get; }

    /// <summary>The URI without angle brackets; not yet checked beyond its scheme (see
    /// <see cref="TryGetUri"/>).</summary>
    public ReadOnlySpan<byte> Uri { get; }

    /// <summary>The header's parameters, such as <c>tag</c>; those within angle brackets belong to the URI.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The <c>tag</c> parameter; empty when it is absent (RFC 3261 §19.3).</summary>
    public ReadOnlySpan<byte> Tag { get; }

    /// <summary>Reads one value: name-addr or addr-spec with parameters.</summary>
    /// <param name="value">One element of the header, trimmed.</param>
    /// <param name="address">The address, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadAddress"/>, <see cref="SipParseError.BadParameter"/> or
    /// <see cref="SipParseError.BadQuotedString"/>; answer each with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out NameAddress address, out SipParseError error)
    {
        address = default;
        value = SipToken.Trim(value);
        var nameLength = DisplayNameLength(value);
        if (nameLength < 0)
        {
            error = SipParseError.BadQuotedString;
            return false;
        }

        var name = SipToken.Trim(value[..nameLength]);
        var rest = SipToken.TrimStart(value[nameLength..]);
        error = SipParseError.BadAddress;
        if (!TryTakeUri(ref rest, name, out var uri))
            return false;

        if (!SipParameters.TryParse(rest, "tag"u8, out var parameters, out var tag, out error))
            return false;

        address = new(name, uri, tag, parameters);
        return true;
    }

    /// <summary>Puts together what was read before.</summary>
    internal static NameAddress Again(
        ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> parameters) =>
        new(displayName, uri, tag, SipParameters.Again(parameters));

    /// <summary>Parses <see cref="Uri"/>.</summary>
    /// <param name="uri">The URI, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadUri"/>; answer 400.</param>
    public bool TryGetUri(out SipUri uri, out SipParseError error) => SipUri.TryParse(Uri, out uri, out error);

    /// <summary>The display name without quotes and escapes.</summary>
    /// <param name="buffer">Receives the bytes when there are escapes; as long as <see cref="DisplayName"/> is always
    /// enough.</param>
    /// <returns>A slice of <see cref="DisplayName"/> or of <paramref name="buffer"/>; UTF-8 as the peer sent it,
    /// unchecked.</returns>
    public ReadOnlySpan<byte> UnquoteDisplayName(Span<byte> buffer) => QuotedString.Unquote(DisplayName, buffer);

    /// <summary>Where the angle bracket stands; 0 when there is none, -1 for an open quote.</summary>
    private static int DisplayNameLength(ReadOnlySpan<byte> value)
    {
        if (value.StartsWith("<"u8))
            return 0;

        if (value.StartsWith("\""u8))
        {
            var close = SipList.EndOfQuoted(value);
            return close < 0 ? -1 : close + 1;
        }

        var bracket = value.IndexOfAny("<;\""u8);
        return bracket < 0 || value[bracket] != '<' ? 0 : bracket;
    }

    private static bool TryTakeUri(scoped ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> uri)
    {
        uri = [];
        if (name.IsEmpty && TryTakeBracketed(ref rest, out uri))
            return true;

        if (rest.StartsWith("<"u8))
        {
            var close = rest.IndexOf((byte)'>');
            if (close < 0 || (!name.IsEmpty && !name.StartsWith("\""u8) && name.ContainsAny(NotInBareNames)))
                return false;
            uri = rest[1..close];
            rest = rest[(close + 1)..];
        }
        else
        {
            // RFC 3261 §20.10: without brackets a semicolon starts the header's parameters, and comma and question mark
            // may not occur.
            var end = rest.IndexOfAny("; \t"u8);
            uri = end < 0 ? rest : rest[..end];
            rest = rest[uri.Length..];
            if (!name.IsEmpty || uri.ContainsAny(",?"u8))
                return false;
        }

        return IsPlausible(uri);
    }

    /// <summary>Takes what nearly all URIs are: between brackets, with nothing in them that has to be looked at again.</summary>
    private static bool TryTakeBracketed(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> uri)
    {
        uri = [];
        if (rest.IsEmpty || rest[0] != '<')
            return false;

        var inside = rest[1..];
        var length = SipToken.BracketedLength(inside);
        if (length == inside.Length || inside[length] != '>' || inside[..length].IndexOf((byte)':') <= 0)
            return false;

        uri = inside[..length];
        rest = inside[(length + 1)..];
        return true;
    }

    private static bool IsPlausible(ReadOnlySpan<byte> uri) =>
        uri.IndexOf((byte)':') > 0 && !uri.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !uri.ContainsAny("<\""u8);
}
