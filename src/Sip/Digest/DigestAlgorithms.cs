using System.Security.Cryptography;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Digest;

/// <summary>Names, sizes and computation of the digest hashes.</summary>
public static class DigestAlgorithms
{
    /// <summary>Bytes of the longest hash.</summary>
    public const int MaxHashBytes = SHA256.HashSizeInBytes;

    /// <summary>Finds an algorithm by its token, without case; <see cref="DigestAlgorithm.Md5"/> when it is
    /// empty.</summary>
    public static DigestAlgorithm Parse(ReadOnlySpan<byte> token) =>
        token.IsEmpty || SipToken.EqualsIgnoreCase(token, "MD5"u8) ? DigestAlgorithm.Md5
        : SipToken.EqualsIgnoreCase(token, "SHA-256"u8) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Unknown;

    /// <summary>The token, such as <c>SHA-256</c>; empty for <see cref="DigestAlgorithm.Unknown"/>.</summary>
    public static ReadOnlySpan<byte> Token(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5"u8,
        DigestAlgorithm.Sha256 => "SHA-256"u8,
        _ => [],
    };

    /// <summary>Bytes of the hash: 16 or 32; 0 for <see cref="DigestAlgorithm.Unknown"/>.</summary>
    public static int HashBytes(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => Md5.HashBytes,
        DigestAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        _ => 0,
    };

    /// <summary>Hashes bytes without allocating.</summary>
    internal static void Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (algorithm == DigestAlgorithm.Sha256)
            SHA256.HashData(source, destination);
        else
            Md5.Hash(source, destination);
    }
}
