using System.Security.Cryptography;

namespace TekSipCloud.Sip.Digest;

/// <summary>The request-digest that proves knowledge of the password (RFC 7616 §3.4.1, RFC 3261 §22.4).</summary>
public static class DigestResponse
{
    /// <summary>Computes the response for credentials, those of a peer or our own.</summary>
    /// <param name="ha1">16 or 32 bytes, as <see cref="DigestCredentials.Algorithm"/> says.</param>
    /// <param name="method">The request's method token.</param>
    /// <param name="credentials">Everything else that is hashed; its response is not read.</param>
    /// <param name="destination">At least 32 bytes.</param>
    /// <returns>Bytes written: 16 or 32, not hexadecimal; 0 when the algorithm is unknown or does not fit the
    /// HA1.</returns>
    public static int Compute(
        ReadOnlySpan<byte> ha1, ReadOnlySpan<byte> method, in DigestCredentials credentials, Span<byte> destination)
    {
        var algorithm = credentials.Algorithm;
        var length = algorithm.HashBytes();
        if (length == 0 || ha1.Length != length)
            return 0;

        Span<byte> ha2 = stackalloc byte[DigestAlgorithms.MaxHashBytes];
        var text = new DigestText(stackalloc byte[512]);
        text.Add(method);
        text.Add(credentials.Uri);
        LastRequestHash.Hash(algorithm, text.Bytes, ha2);
        text.Dispose();

        text = new DigestText(stackalloc byte[512]);
        text.AddHex(ha1);
        text.Add(credentials.Nonce);
        if (credentials.HasQop)
        {
            text.Add(credentials.NonceCountText);
            text.Add(credentials.ClientNonce);
            text.Add(credentials.Qop);
        }

        text.AddHex(ha2[..length]);
        DigestAlgorithms.Hash(algorithm, text.Bytes, destination);
        text.Dispose();
        return length;
    }

    /// <summary>Compares the response of credentials with the one that the HA1 gives, in constant time.</summary>
    /// <param name="ha1">16 or 32 bytes. For an unknown user pass any secret of that length, so that the answer takes
    /// as long.</param>
    /// <param name="method">The request's method token.</param>
    /// <param name="credentials">As received.</param>
    /// <param name="isQopOffered">Whether our challenge offered qop: credentials without it are then refused (a
    /// downgrade). Default: true.</param>
    /// <returns>Whether they match; false for another algorithm than the HA1's, a qop other than auth, or a response
    /// that is no hash.</returns>
    public static bool Verify(
        ReadOnlySpan<byte> ha1, ReadOnlySpan<byte> method, in DigestCredentials credentials, bool isQopOffered = true)
    {
        Span<byte> expected = stackalloc byte[DigestAlgorithms.MaxHashBytes];
        Span<byte> received = stackalloc byte[DigestAlgorithms.MaxHashBytes];
        var length = Compute(ha1, method, credentials, expected);
        var isSound = length > 0
            && credentials.Response.Length == length * 2
            && Convert.FromHexString(credentials.Response, received, out _, out _) == System.Buffers.OperationStatus.Done
            && (credentials.IsAuth || (!credentials.HasQop && !isQopOffered));
        return isSound && CryptographicOperations.FixedTimeEquals(expected[..length], received[..length]);
    }
}
