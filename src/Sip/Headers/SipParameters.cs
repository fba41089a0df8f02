using System.Buffers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>The <c>;name=value</c> parameters of a header or URI (RFC 3261 §25.1 <c>generic-param</c>); use it with
/// <c>foreach</c>.</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct SipParameters
{
    private static readonly SearchValues<byte> NotInNames = SearchValues.Create(",<>@?\\{}\""u8);

    private SipParameters(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>All of them from the first semicolon on; empty when there are none.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>A parameter's value as it was sent; empty when it is absent or has none.</summary>
    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> name] => TryGet(name, out var value) ? value : [];

    /// <summary>Reads parameters and nothing after them.</summary>
    /// <param name="bytes">Empty, or from the first semicolon to the end of the value.</param>
    /// <param name="parameters">The parameters, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.BadParameter"/> (also for a name that stands twice, or more than 64
    /// of them) or <see cref="SipParseError.BadQuotedString"/>; answer either with 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipParameters parameters, out SipParseError error) =>
        TryParse(bytes, [], out parameters, out _, out error);

    /// <summary>The same, and the value of one of them besides, which is looked at anyway.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted, out SipParameters parameters, out ReadOnlySpan<byte> value, out SipParseError error)
    {
        if (IsOnly(wanted, bytes, out value))
        {
            parameters = new(bytes);
            error = SipParseError.None;
            return true;
        }

        bytes = SipToken.Trim(bytes);
        value = [];
        error = bytes.IsEmpty ? SipParseError.None : Check(bytes, wanted, ref value);
        var isWhole = error == SipParseError.None;
        parameters = isWhole ? new(bytes) : default;
        value = isWhole ? value : [];
        return isWhole;
    }

    /// <summary>Takes <see cref="Bytes"/> of parameters that were read before.</summary>
    internal static SipParameters Again(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>Finds a parameter by its name, without case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value as it was sent, quotes included; empty when the parameter has none.</param>
    /// <returns>Whether the parameter is there; the first one if it is there twice.</returns>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = Bytes;
        while (!rest.IsEmpty)
        {
            _ = Take(ref rest, out var parameter);
            if (!SipToken.EqualsIgnoreCase(parameter.Name, name))
                continue;
            value = parameter.Value;
            return true;
        }

        value = [];
        return false;
    }

    /// <summary>Whether a parameter is there, with or without a value.</summary>
    public bool Has(ReadOnlySpan<byte> name) => TryGet(name, out _);

    /// <summary>From the first parameter on, for <c>foreach</c>.</summary>
    public SipParameterEnumerator GetEnumerator() => new(Bytes);

    /// <summary>Whether there is one parameter as nearly every From and To has it: that which is wanted, with a plain value, and nothing else.</summary>
    private static bool IsOnly(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (wanted.IsEmpty || bytes.Length < wanted.Length + 3 || bytes[0] != ';' || bytes[wanted.Length + 1] != '='
            || !bytes.Slice(1, wanted.Length).SequenceEqual(wanted))
        {
            return false;
        }

        value = bytes[(wanted.Length + 2)..];
        return SipToken.PlainValueLength(value) == value.Length;
    }

    private static SipParseError Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted, scoped ref ReadOnlySpan<byte> value)
    {
        var rest = bytes;
        var seen = default(NameFilter);
        for (var count = 0; !rest.IsEmpty; count++)
        {
            var before = bytes[..^rest.Length];
            var error = Take(ref rest, out var parameter);
            if (error != SipParseError.None)
                return error;
            if (count == NameFilter.MaxNames)
                return SipParseError.BadParameter;
            // RFC 3261 §7.3.1: a name may stand once; what stands twice could be read differently by the next element.
            if (seen.AddOrSuspect(parameter.Name) && new SipParameters(before).Has(parameter.Name))
                return SipParseError.BadParameter;
            if (SipToken.EqualsIgnoreCase(parameter.Name, wanted))
                value = parameter.Value;
        }

        return SipParseError.None;
    }

    /// <summary>Takes the first of parameters that are well-formed.</summary>
    internal static SipParseError Take(scoped ref ReadOnlySpan<byte> rest, out SipParameter parameter) =>
        TryTakePlain(ref rest, out parameter) ? SipParseError.None : TakeAny(ref rest, out parameter);

    /// <summary>Takes a parameter as nearly all are: a token, perhaps with a value, without white space, quotes or escapes of the name.</summary>
    internal static bool TryTakePlain(scoped ref ReadOnlySpan<byte> rest, out SipParameter parameter)
    {
        parameter = default;
        if (rest[0] != ';')
            return false;

        var name = rest.Slice(1, SipToken.TokenLength(rest[1..]));
        var after = rest[(name.Length + 1)..];
        ReadOnlySpan<byte> value = [];
        if (!after.IsEmpty && after[0] == '=')
        {
            value = after.Slice(1, SipToken.PlainValueLength(after[1..]));
            after = after[(value.Length + 1)..];
            if (value.IsEmpty)
                return false;
        }

        if (name.IsEmpty || (!after.IsEmpty && after[0] != ';'))
            return false;

        parameter = new(name, value);
        rest = after;
        return true;
    }

    private static SipParseError TakeAny(scoped ref ReadOnlySpan<byte> rest, out SipParameter parameter)
    {
        parameter = default;
        var after = SipToken.Trim(rest[1..]);
        var isFault = rest[0] != ';';
        var end = after.IndexOfAny(";=\" \t"u8);
        var name = end < 0 ? after : after[..end];
        after = SipToken.TrimStart(after[name.Length..]);
        rest = [];
        if (isFault || !IsName(name))
            return SipParseError.BadParameter;

        ReadOnlySpan<byte> value = [];
        if (after.StartsWith("="u8))
        {
            after = SipToken.TrimStart(after[1..]);
            var error = TakeValue(ref after, out value);
            if (error != SipParseError.None)
                return error;
        }

        parameter = new(name, value);
        rest = SipToken.TrimStart(after);
        return SipParseError.None;
    }

    private static SipParseError TakeValue(scoped ref ReadOnlySpan<byte> after, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (after.StartsWith("\""u8))
        {
            var close = SipList.EndOfQuoted(after);
            if (close < 0)
                return SipParseError.BadQuotedString;
            value = after[..(close + 1)];
        }
        else
        {
            var end = after.IndexOfAny("; \t"u8);
            value = end < 0 ? after : after[..end];
            if (value.IsEmpty || value.ContainsAny("\",<>"u8))
                return SipParseError.BadParameter;
        }

        after = after[value.Length..];
        return SipParseError.None;
    }

    // URI parameters may be named with escapes and brackets (RFC 3261 §25.1 paramchar), header parameters with token
    // characters.
    private static bool IsName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !name.ContainsAny(NotInNames);
}
