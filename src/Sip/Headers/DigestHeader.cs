using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>A challenge or credentials: a scheme and its comma-separated <c>name=value</c> pairs (RFC 3261 §25.1).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct DigestHeader
{
    private readonly ReadOnlySpan<byte> _pairs;

    private DigestHeader(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> pairs)
    {
        Scheme = scheme;
        _pairs = pairs;
    }

    /// <summary>The scheme's token.</summary>
    public ReadOnlySpan<byte> Scheme { get; }

    /// <summary>Whether the scheme is Digest; the pairs of any other are not read.</summary>
    public bool IsDigest => SipToken.EqualsIgnoreCase(Scheme, "Digest"u8);

    /// <summary>A value without its quotes, escapes left as they were sent; empty when it is absent.</summary>
    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> name] => TryGet(name, out var value) ? value : [];

    /// <summary>Reads a header value.</summary>
    /// <param name="value">The whole value of the line.</param>
    /// <param name="header">The header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadValue"/>, <see cref="SipParseError.BadParameter"/> (also for one that stands
    /// twice) or <see cref="SipParseError.BadQuotedString"/>; answer each with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out DigestHeader header, out SipParseError error)
    {
        header = default;
        value = SipToken.Trim(value);
        var end = value.IndexOfAny((byte)' ', (byte)'\t');
        var scheme = end < 0 ? value : value[..end];
        var pairs = value[scheme.Length..].TrimStart(" \t"u8);
        error = SipToken.IsToken(scheme) ? SipParseError.None : SipParseError.BadValue;
        if (error != SipParseError.None)
            return false;

        var parsed = new DigestHeader(scheme, pairs);
        if (parsed.IsDigest)
            error = Check(pairs);
        if (error == SipParseError.None)
            header = parsed;
        return error == SipParseError.None;
    }

    /// <summary>Finds a value by its name, without case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value without its quotes, escapes left as they were sent.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = _pairs;
        while (!rest.IsEmpty)
        {
            if (Take(ref rest, out var found, out value) != SipParseError.None)
                break;
            if (SipToken.EqualsIgnoreCase(found, name))
                return true;
        }

        value = [];
        return false;
    }

    /// <summary>Whether a value is there.</summary>
    public bool Has(ReadOnlySpan<byte> name) => TryGet(name, out _);

    private static SipParseError Check(ReadOnlySpan<byte> pairs)
    {
        var rest = pairs;
        var seen = default(NameFilter);
        for (var count = 0; !rest.IsEmpty; count++)
        {
            var before = pairs[..^rest.Length];
            var error = Take(ref rest, out var name, out _);
            if (error != SipParseError.None)
                return error;
            if (count == NameFilter.MaxNames)
                return SipParseError.BadParameter;
            // RFC 3261 §7.3.1: what stands twice could be read differently by the next element.
            if (seen.AddOrSuspect(name) && new DigestHeader([], before).Has(name))
                return SipParseError.BadParameter;
        }

        return SipParseError.None;
    }

    private static SipParseError Take(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = [];
        var pair = SipList.Next(ref rest, true);
        if (pair.IsEmpty)
            return SipParseError.None;

        var equals = pair.IndexOf((byte)'=');
        name = equals < 0 ? pair : pair[..equals].TrimEnd(" \t"u8);
        if (equals < 0 || !SipToken.IsToken(name))
            return SipParseError.BadParameter;

        value = pair[(equals + 1)..].TrimStart(" \t"u8);
        if (!value.StartsWith("\""u8))
            return value.IsEmpty || value.Contains((byte)'"') ? SipParseError.BadParameter : SipParseError.None;

        if (SipList.EndOfQuoted(value) != value.Length - 1)
            return SipParseError.BadQuotedString;
        value = value[1..^1];
        return SipParseError.None;
    }
}
