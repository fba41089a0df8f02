using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TekSipCloud.Sip.Messages;

/// <summary>The character classes of RFC 3261 §25.1 that all parsers share.</summary>
public static class SipToken
{
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~()<>:\\\"/[]?{}"u8);

    // Most tokens are a few bytes long: a look at each costs less than to begin a search. Where there are more, 16 are looked at together.
    private static readonly byte[] Classes = ReadClasses();
    private static readonly Vector128<byte> TokenRows = ReadRows(InToken);
    private static readonly Vector128<byte> PlainValueRows = ReadRows(InPlainValue);
    private static readonly Vector128<byte> BracketedRows = ReadRows(InBracketed);
    private static readonly Vector128<byte> HostNameRows = ReadRows(InHostName);
    private static readonly Vector128<byte> PlainUserRows = ReadRows(InPlainUser);

    private const byte InToken = 1;
    private const byte InPlainValue = 2;
    private const byte InBracketed = 4;
    private const byte InHostName = 8;
    private const byte InPlainUser = 16;

    /// <summary>All control characters but the tab.</summary>
    internal static readonly SearchValues<byte> ControlBytes = SearchValues.Create(Controls());

    /// <summary>Whether the bytes are a non-empty <c>token</c>.</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && TokenLength(bytes) == bytes.Length;

    /// <summary>How many bytes at the start may stand in a token.</summary>
    internal static int TokenLength(ReadOnlySpan<byte> bytes) => LengthOf(InToken, TokenRows, bytes);

    /// <summary>How many bytes at the start may stand in the value of a parameter without quotes, and mean nothing but themselves there: visible
    /// ASCII other than semicolon, comma, quote and angle brackets.</summary>
    internal static int PlainValueLength(ReadOnlySpan<byte> bytes) => LengthOf(InPlainValue, PlainValueRows, bytes);

    /// <summary>How many bytes at the start may stand in a URI between angle brackets: visible ASCII other than these and quotes.</summary>
    internal static int BracketedLength(ReadOnlySpan<byte> bytes) => LengthOf(InBracketed, BracketedRows, bytes);

    /// <summary>How many bytes at the start may stand in a host name or an IPv4 address. "_" is no part of a host name (RFC 1123) but of many names
    /// in use.</summary>
    internal static int HostNameLength(ReadOnlySpan<byte> bytes) => LengthOf(InHostName, HostNameRows, bytes);

    /// <summary>How many bytes at the start may stand in the user part of a URI and are no escapes (RFC 3261 §25.1 <c>unreserved</c>,
    /// <c>user-unreserved</c>), and "#", which phones send unescaped in star codes.</summary>
    internal static int PlainUserLength(ReadOnlySpan<byte> bytes) => LengthOf(InPlainUser, PlainUserRows, bytes);

    /// <summary>Whether the bytes are a <c>callid</c>: a word, or two joined by <c>@</c> (RFC 3261 §20.8).</summary>
    public static bool IsCallId(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'@');
        return at < 0 ? IsWord(bytes) : IsWord(bytes[..at]) && IsWord(bytes[(at + 1)..]);
    }

    /// <summary>Whether any byte is a control character other than a tab: what no value may carry to another
    /// leg.</summary>
    public static bool HasControl(ReadOnlySpan<byte> bytes) => bytes.ContainsAny(ControlBytes);

    /// <summary>Finds the first control character other than a tab, and the first colon before it, both by one look at the bytes.</summary>
    /// <param name="bytes">A message.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="colon">Where the colon is; -1 for none.</param>
    /// <returns>Where the control character is; -1 for none, with whatever colon.</returns>
    internal static int IndexOfControl(ReadOnlySpan<byte> bytes, int from, out int colon)
    {
        colon = -1;
        if (bytes.Length < Vector256<byte>.Count)
            return IndexOfNearControl(bytes, from, ref colon);

        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (var at = from; at < bytes.Length; at += Vector256<byte>.Count)
        {
            // The last bytes are looked at together with some before them, which count no more.
            var begin = Math.Min(at, bytes.Length - Vector256<byte>.Count);
            var part = Vector256.LoadUnsafe(ref start, (nuint)begin);
            // Below the tab, between it and the space, or DEL.
            var isControl = Vector256.LessThan(part, Vector256.Create((byte)'\t'))
                | Vector256.LessThan(part - Vector256.Create((byte)'\n'), Vector256.Create((byte)(' ' - '\n')))
                | Vector256.Equals(part, Vector256.Create((byte)0x7f));
            var controls = isControl.ExtractMostSignificantBits() >> (at - begin);
            var colons = Vector256.Equals(part, Vector256.Create((byte)':')).ExtractMostSignificantBits() >> (at - begin);
            // Colons behind the first control character are none of this line.
            colons &= controls - 1 & ~controls;
            if (colon < 0 && colons != 0)
                colon = at + BitOperations.TrailingZeroCount(colons);
            if (controls != 0)
                return at + BitOperations.TrailingZeroCount(controls);
        }

        return -1;
    }

    private static int IndexOfNearControl(ReadOnlySpan<byte> bytes, int from, ref int colon)
    {
        var rest = bytes[from..];
        var control = rest.IndexOfAny(ControlBytes);
        var found = (control < 0 ? rest : rest[..control]).IndexOf((byte)':');
        colon = found < 0 ? -1 : from + found;
        return control < 0 ? -1 : from + control;
    }

    /// <summary>Whether any control character stands where no quoted pair makes it text (RFC 3261 §25.1
    /// <c>quoted-pair</c>; CR and LF never are).</summary>
    internal static bool HasBareControl(ReadOnlySpan<byte> line)
    {
        if (!HasControl(line))
            return false;

        var isQuoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == '"')
                isQuoted = !isQuoted;
            var isPair = isQuoted && line[index] == '\\' && index + 1 < line.Length;
            if (isPair && line[index + 1] is not ((byte)'\r' or (byte)'\n'))
                index++;
            else if (ControlBytes.Contains(line[index]))
                return true;
        }

        return false;
    }

    /// <summary>Compares as header names, parameter names and most tokens are compared: ASCII letters without case (RFC
    /// 3261 §7.3.1).</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length == right.Length && (left.SequenceEqual(right) || System.Text.Ascii.EqualsIgnoreCase(left, right));

    /// <summary>Removes spaces and tabs at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => TrimEnd(TrimStart(bytes));

    /// <summary>Reads digits and nothing else, such as <c>delta-seconds</c> (RFC 3261 §25.1).</summary>
    /// <param name="bytes">The whole value, trimmed.</param>
    /// <param name="number">The number; <see cref="uint.MaxValue"/> when it is larger than that; 0 on failure.</param>
    /// <returns>False when a byte is no digit or there is none.</returns>
    public static bool TryParseNumber(ReadOnlySpan<byte> bytes, out uint number)
    {
        number = 0;
        var read = 0UL;
        foreach (var digit in bytes)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            read = Math.Min((read * 10) + digit - '0', uint.MaxValue);
        }

        number = (uint)read;
        return !bytes.IsEmpty;
    }

    /// <summary>Turns control characters other than tabs into spaces.</summary>
    internal static void ReplaceControls(Span<byte> bytes)
    {
        for (var at = bytes.IndexOfAny(ControlBytes); at >= 0; at = bytes.IndexOfAny(ControlBytes))
        {
            bytes[at] = (byte)' ';
            bytes = bytes[(at + 1)..];
        }
    }

    internal static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < bytes.Length && bytes[start] is (byte)' ' or (byte)'\t')
            start++;
        return bytes[start..];
    }

    internal static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        return bytes[..end];
    }

    private static int LengthOf(byte kind, Vector128<byte> rows, ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (; length <= bytes.Length - Vector128<byte>.Count; length += Vector128<byte>.Count)
        {
            if (Outside(rows, Vector128.LoadUnsafe(ref start, (nuint)length)) is not 0 and var outside)
                return length + BitOperations.TrailingZeroCount(outside);
        }

        while (length < bytes.Length && (Classes[bytes[length]] & kind) != 0)
            length++;
        return length;
    }

    /// <summary>A bit for each of 16 bytes that is not in a class: the row of its low half lacks the bit of its high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Outside(Vector128<byte> rows, Vector128<byte> bytes)
    {
        var row = Vector128.ShuffleNative(rows, bytes & Vector128.Create((byte)0x0f));
        var bit = Vector128.ShuffleNative(Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0), bytes >>> 4);
        return Vector128.Equals(row & bit, Vector128<byte>.Zero).ExtractMostSignificantBits();
    }

    private static Vector128<byte> ReadRows(byte kind)
    {
        var rows = new byte[Vector128<byte>.Count];
        for (var code = 0; code < 128; code++)
        {
            if ((Classes[code] & kind) != 0)
                rows[code & 0x0f] |= (byte)(1 << (code >> 4));
        }

        return Vector128.Create(rows);
    }

    private static bool IsWord(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(WordBytes);

    private static byte[] ReadClasses()
    {
        var classes = new byte[256];
        for (var code = '!'; code <= '~'; code++)
        {
            classes[code] |= TokenBytes.Contains((byte)code) ? InToken : (byte)0;
            classes[code] |= ";,\"<>".Contains(code, StringComparison.Ordinal) ? (byte)0 : InPlainValue;
            classes[code] |= "<>\"".Contains(code, StringComparison.Ordinal) ? (byte)0 : InBracketed;
            classes[code] |= IsIn(code, "-._") ? InHostName : (byte)0;
            classes[code] |= IsIn(code, "-_.!~*'()&=+$,;?/#") ? InPlainUser : (byte)0;
        }

        return classes;

        static bool IsIn(char code, string signs) => char.IsAsciiLetterOrDigit(code) || signs.Contains(code, StringComparison.Ordinal);
    }

    private static byte[] Controls() =>
        [.. Enumerable.Range(0, 32).Where(code => code != '\t').Select(code => (byte)code), 0x7f];
}
