using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Dtls;

/// <summary>What a description says of a certificate, so that nobody else's is taken for it (RFC 8122 §5).</summary>
public sealed class CertificateFingerprint
{
    // Two digits and a colon for each byte.
    private const int CharactersPerByte = 3;

    private readonly byte[] _bytes;

    internal CertificateFingerprint(CertificateHash hash, ReadOnlySpan<byte> bytes)
    {
        Hash = hash;
        _bytes = bytes.ToArray();
    }

    /// <summary>How it was computed.</summary>
    public CertificateHash Hash { get; }

    /// <summary>The hash itself.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads what follows <c>a=fingerprint:</c>.</summary>
    /// <returns>False for what is not of the grammar, and for hash functions that are not known here.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CertificateFingerprint? fingerprint)
    {
        fingerprint = null;
        value = value.Trim(" \t"u8);
        var space = value.IndexOfAny(" \t"u8);
        if (space < 0 || !CertificateHashes.TryFind(value[..space], out var hash))
            return false;

        var digits = value[space..].TrimStart(" \t"u8);
        if (digits.Length != hash.Bytes() * CharactersPerByte - 1)
            return false;

        Span<byte> bytes = stackalloc byte[CertificateHashes.MaxBytes];
        bytes = bytes[..hash.Bytes()];
        for (var i = 0; i < bytes.Length; i++)
        {
            var at = i * CharactersPerByte;
            var isSeparated = at + 2 == digits.Length || digits[at + 2] == (byte)':';
            if (!isSeparated || !TryReadByte(digits.Slice(at, 2), out bytes[i]))
                return false;
        }

        fingerprint = new(hash, bytes);
        return true;
    }

    /// <summary>Whether both are the same hash of the same certificate.</summary>
    public bool IsSameAs(CertificateFingerprint other) =>
        Hash == other.Hash && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <summary>Those of the strongest hash function, which alone count (RFC 8122 §5.1).</summary>
    internal static CertificateFingerprint[] StrongestOf(IEnumerable<CertificateFingerprint> fingerprints)
    {
        var all = fingerprints.ToArray();
        return [.. all.Where(one => one.Hash == all.Max(other => other.Hash))];
    }

    /// <summary>Writes the line's value. 204 bytes are enough.</summary>
    /// <returns>How many were written.</returns>
    internal int Write(Span<byte> buffer)
    {
        var name = Hash.SdpName();
        name.CopyTo(buffer);
        var length = name.Length;
        for (var i = 0; i < _bytes.Length; i++)
        {
            buffer[length++] = i == 0 ? (byte)' ' : (byte)':';
            _ = Utf8Formatter.TryFormat(_bytes[i], buffer[length..], out var written, new('X', 2));
            length += written;
        }

        return length;
    }

    private static bool TryReadByte(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[CertificateHashes.MaxBytes * (CharactersPerByte + 1)];
        return System.Text.Encoding.ASCII.GetString(text[..Write(text)]);
    }
}
