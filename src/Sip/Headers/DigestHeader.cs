using System.Runtime.CompilerServices;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>A challenge or credentials: a scheme and its comma-separated <c>name=value</c> pairs (RFC 3261
/// §25.1).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct DigestHeader
{
    private readonly ReadOnlySpan<byte> _pairs;
    private readonly Fields _fields;

    private DigestHeader(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> pairs, Fields fields)
    {
        Scheme = scheme;
        _pairs = pairs;
        _fields = fields;
    }

    /// <summary>The scheme's token.</summary>
    public ReadOnlySpan<byte> Scheme { get; }

    /// <summary>Whether the scheme is Digest; the pairs of any other are not read.</summary>
    public bool IsDigest => SipToken.EqualsIgnoreCase(Scheme, "Digest"u8);

    /// <summary>A known value without its quotes, escapes left as they were sent; empty when it is absent.</summary>
    internal ReadOnlySpan<byte> this[DigestField field] =>
        _pairs.Slice(_fields[(int)field].Start, _fields[(int)field].Length);

    /// <summary>Reads a header value.</summary>
    /// <param name="value">The whole value of the line.</param>
    /// <param name="header">The header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadValue"/>, <see cref="SipParseError.BadParameter"/> (also for one
    /// that stands twice, or more than 64 of them) or <see cref="SipParseError.BadQuotedString"/>; answer each with
    /// 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out DigestHeader header, out SipParseError error)
    {
        header = default;
        value = SipToken.Trim(value);
        var end = value.IndexOfAny((byte)' ', (byte)'\t');
        var scheme = end < 0 ? value : value[..end];
        var pairs = SipToken.TrimStart(value[scheme.Length..]);
        error = SipToken.IsToken(scheme) ? SipParseError.None : SipParseError.BadValue;
        if (error != SipParseError.None)
            return false;

        var fields = default(Fields);
        if (SipToken.EqualsIgnoreCase(scheme, "Digest"u8))
            error = Index(pairs, ref fields);
        if (error == SipParseError.None)
            header = new(scheme, pairs, fields);
        return error == SipParseError.None;
    }

    /// <summary>Finds a value by its name, without case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value without its quotes, escapes left as they were sent.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => TryFind(_pairs, name, out value);

    internal bool Has(DigestField field) => _fields[(int)field].Start > 0;

    private static SipParseError Index(ReadOnlySpan<byte> pairs, ref Fields fields)
    {
        var rest = pairs;
        var seen = default(NameFilter);
        for (var count = 0; !rest.IsEmpty; count++)
        {
            var before = pairs[..^rest.Length];
            var error = Take(ref rest, out var name, out var value);
            if (error != SipParseError.None)
                return error;
            // RFC 3261 §7.3.1: what stands twice could be read differently by the next element.
            if (count == NameFilter.MaxNames || (seen.AddOrSuspect(name) && TryFind(before, name, out _)))
                return SipParseError.BadParameter;

            // A name stands before every value, so no value is at 0: that is what says that there is one.
            var start = value.IsEmpty ? 1 : (int)Unsafe.ByteOffset(in pairs[0], in value[0]);
            if (!name.IsEmpty)
                fields[(int)FieldOf(name)] = new(start, value.Length);
        }

        return SipParseError.None;
    }

    private static bool TryFind(ReadOnlySpan<byte> pairs, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (!pairs.IsEmpty)
        {
            if (Take(ref pairs, out var found, out value) != SipParseError.None)
                break;
            if (SipToken.EqualsIgnoreCase(found, name))
                return true;
        }

        value = [];
        return false;
    }

    private static SipParseError Take(
        scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        TryTakePlain(ref rest, out name, out value) ? SipParseError.None : TakeAny(ref rest, out name, out value);

    /// <summary>Takes a pair as nearly all are: no white space within, no escape between the quotes.</summary>
    private static bool TryTakePlain(
        scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = [];
        var pair = SipToken.TrimStart(rest);
        name = pair[..SipToken.TokenLength(pair)];
        var after = pair[name.Length..];
        if (name.IsEmpty || after.Length < 2 || after[0] != '=')
            return false;

        var isQuoted = after[1] == '"';
        var given = after[(isQuoted ? 2 : 1)..];
        var length = isQuoted ? given.IndexOfAny((byte)'"', (byte)'\\') : SipToken.TokenLength(given);
        if (length < 0 || (isQuoted ? given[length] != '"' : length == 0))
            return false;

        value = given[..length];
        after = SipToken.TrimStart(given[(isQuoted ? length + 1 : length)..]);
        var isEnd = after.IsEmpty;
        if (!isEnd && after[0] != ',')
            return false;

        rest = isEnd ? [] : after[1..];
        return true;
    }

    private static SipParseError TakeAny(
        scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = [];
        var pair = SipList.Next(ref rest, true);
        if (pair.IsEmpty)
            return SipParseError.None;

        var equals = pair.IndexOf((byte)'=');
        name = equals < 0 ? pair : SipToken.TrimEnd(pair[..equals]);
        if (equals < 0 || !SipToken.IsToken(name))
            return SipParseError.BadParameter;

        value = SipToken.TrimStart(pair[(equals + 1)..]);
        if (!value.StartsWith("\""u8))
            return value.IsEmpty || value.Contains((byte)'"') ? SipParseError.BadParameter : SipParseError.None;

        if (SipList.EndOfQuoted(value) != value.Length - 1)
            return SipParseError.BadQuotedString;
        value = value[1..^1];
        return SipParseError.None;
    }

    private static DigestField FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when SipToken.EqualsIgnoreCase(name, "nc"u8) => DigestField.NonceCount,
        3 when SipToken.EqualsIgnoreCase(name, "uri"u8) => DigestField.Uri,
        3 when SipToken.EqualsIgnoreCase(name, "qop"u8) => DigestField.Qop,
        5 when SipToken.EqualsIgnoreCase(name, "realm"u8) => DigestField.Realm,
        5 when SipToken.EqualsIgnoreCase(name, "nonce"u8) => DigestField.Nonce,
        5 when SipToken.EqualsIgnoreCase(name, "stale"u8) => DigestField.Stale,
        6 when SipToken.EqualsIgnoreCase(name, "cnonce"u8) => DigestField.ClientNonce,
        6 when SipToken.EqualsIgnoreCase(name, "opaque"u8) => DigestField.Opaque,
        8 when SipToken.EqualsIgnoreCase(name, "username"u8) => DigestField.UserName,
        8 when SipToken.EqualsIgnoreCase(name, "response"u8) => DigestField.Response,
        9 when SipToken.EqualsIgnoreCase(name, "algorithm"u8) => DigestField.Algorithm,
        _ => DigestField.Other,
    };

    private readonly record struct Field(int Start, int Length);

    /// <summary>Where each known value stands.</summary>
    [InlineArray((int)DigestField.Other + 1)]
    private struct Fields
    {
        private Field _first;
    }
}
