using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>One a=crypto line: the key that who wrote it sends with (RFC 4568).</summary>
/// <param name="Tag">What the answer names the line by, 1 to 999,999,999.</param>
/// <param name="Key">The key.</param>
public sealed record CryptoAttribute(int Tag, SrtpKey Key)
{
    private const int MaxTag = 999_999_999;
    private const int MaxKeyBytes = SrtpProfiles.MaxKeyBytes + SrtpProfiles.MaxSaltBytes;

    /// <summary>Reads what follows <c>a=crypto:</c>.</summary>
    /// <returns>
    /// False for what is not of the grammar, and for what is but asks for something not done here: another suite, several keys, packets
    /// that are not encrypted or not authenticated. RFC 4568 §6.3.9: such a line is passed over.
    /// </returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CryptoAttribute? crypto)
    {
        crypto = null;
        var tokens = new SdpTokens(value);
        if (!tokens.TryNext(out var number) || !SdpNumber.TryParse(number, MaxTag, out var tag) || tag == 0)
            return false;
        if (!tokens.TryNext(out var suite) || !CryptoSuites.TryFind(suite, out var profile))
            return false;
        if (!tokens.TryNext(out var inline) || !TryReadKey(inline, profile, out var key))
            return false;

        while (tokens.TryNext(out var parameter))
        {
            // RFC 4568 §6.3.7: how late a packet may be is our own affair.
            if (!parameter.StartsWith("WSH="u8))
                return false;
        }

        crypto = new(tag, key);
        return true;
    }

    /// <summary>The line's value.</summary>
    /// <param name="buffer">120 bytes are enough.</param>
    /// <returns>How many were written.</returns>
    internal int Write(Span<byte> buffer)
    {
        _ = Utf8Formatter.TryFormat(Tag, buffer, out var length);
        buffer[length++] = (byte)' ';
        length += Encoding.ASCII.GetBytes(Key.Profile.SuiteName(), buffer[length..]);
        length += Encoding.ASCII.GetBytes(" inline:", buffer[length..]);
        _ = Base64.EncodeToUtf8(Key.Bytes, buffer[length..], out _, out var encoded);
        return length + encoded;
    }

    private static bool TryReadKey(ReadOnlySpan<byte> inline, SrtpProfile profile, [NotNullWhen(true)] out SrtpKey? key)
    {
        key = null;
        if (!inline.StartsWith("inline:"u8))
            return false;

        var text = inline["inline:"u8.Length..];
        var bar = text.IndexOf((byte)'|');
        var behind = bar < 0 ? default : text[bar..];
        Span<byte> identifier = stackalloc byte[SrtpKey.MaxIdentifierBytes];
        if (!TryReadIdentifier(behind, identifier, out var identifierBytes))
            return false;

        Span<byte> bytes = stackalloc byte[MaxKeyBytes + 2];
        var isKey = TryDecode(bar < 0 ? text : text[..bar], bytes, out var length) && length == profile.KeyBytes() + profile.SaltBytes();
        if (isKey)
            key = new(profile, bytes[..length], identifier[..identifierBytes]);
        CryptographicOperations.ZeroMemory(bytes);
        return isKey;
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int length)
    {
        length = 0;
        // Some phones leave the padding out.
        text = text.TrimEnd((byte)'=');
        Span<byte> padded = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(MaxKeyBytes)];
        if (text.Length > padded.Length)
            return false;

        padded = padded[..((text.Length + 3) / 4 * 4)];
        padded.Fill((byte)'=');
        text.CopyTo(padded);
        return Base64.DecodeFromUtf8(padded, bytes, out _, out length) == OperationStatus.Done;
    }

    // RFC 4568 §6.1: "|" and a lifetime, a number or a power of two; "|" and an identifier, its value and how many bytes it has in packets.
    private static bool TryReadIdentifier(ReadOnlySpan<byte> behind, Span<byte> identifier, out int length)
    {
        length = 0;
        if (behind.Contains((byte)';'))
            return false;

        var colon = behind.IndexOf((byte)':');
        if (colon < 0)
            return true;

        var value = behind[(behind[..colon].LastIndexOf((byte)'|') + 1)..colon];
        if (!Utf8Parser.TryParse(value, out ulong number, out var read) || read != value.Length)
            return false;
        if (!SdpNumber.TryParse(behind[(colon + 1)..], SrtpKey.MaxIdentifierBytes, out length) || length == 0)
            return false;

        for (var i = length - 1; i >= 0; i--, number >>= 8)
            identifier[i] = (byte)number;
        return number == 0;
    }
}
