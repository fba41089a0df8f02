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
    /// False for what is not of the grammar, and for what is but asks for something not done here: another suite, several keys or a key
    /// with an identifier (MKI), packets that are not encrypted or not authenticated. RFC 4568 §6.3.9: such a line is passed over.
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
        if (bar >= 0)
        {
            // RFC 4568 §6.1: a lifetime is a number or a power of two; an MKI has a colon.
            if (text[bar..].ContainsAny(":;"u8))
                return false;

            text = text[..bar];
        }

        // Some phones leave the padding out.
        text = text.TrimEnd((byte)'=');
        Span<byte> padded = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(MaxKeyBytes)];
        if (text.Length > padded.Length)
            return false;

        padded = padded[..((text.Length + 3) / 4 * 4)];
        padded.Fill((byte)'=');
        text.CopyTo(padded);

        Span<byte> bytes = stackalloc byte[MaxKeyBytes + 2];
        var isKey = Base64.DecodeFromUtf8(padded, bytes, out _, out var length) == OperationStatus.Done
            && length == profile.KeyBytes() + profile.SaltBytes();
        if (isKey)
            key = new(profile, bytes[..length]);
        CryptographicOperations.ZeroMemory(bytes);
        return isKey;
    }
}
