namespace TekSipCloud.Sip.Digest;

/// <summary>The hash of user name, realm and password: all a server needs to keep (RFC 7616 §3.4.2). As secret as the
/// password within its realm.</summary>
public static class DigestHa1
{
    /// <summary>Computes an HA1.</summary>
    /// <param name="algorithm">MD5 or SHA-256.</param>
    /// <param name="userName">UTF-8.</param>
    /// <param name="realm">UTF-8.</param>
    /// <param name="password">UTF-8.</param>
    /// <param name="destination">At least <see cref="DigestAlgorithms.HashBytes"/> long.</param>
    /// <returns>Bytes written: 16 or 32.</returns>
    /// <exception cref="ArgumentException">Unknown algorithm or too short a destination.</exception>
    public static int Compute(
        DigestAlgorithm algorithm,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> realm,
        ReadOnlySpan<byte> password,
        Span<byte> destination)
    {
        var length = algorithm.HashBytes();
        if (length == 0 || destination.Length < length)
            throw new ArgumentException("An algorithm with a hash and room for that hash are needed.", nameof(destination));

        var text = new DigestText(stackalloc byte[256]);
        text.Add(userName);
        text.Add(realm);
        text.Add(password);
        DigestAlgorithms.Hash(algorithm, text.Bytes, destination);
        text.Dispose();
        return length;
    }
}
