using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>A master key with its salt, as SDES or DTLS agree on it. Never logged, never written to a table.</summary>
public sealed class SrtpKey
{
    private readonly byte[] _bytes;

    /// <summary>Takes key and salt in one piece, the key first (RFC 4568 §6.1).</summary>
    /// <exception cref="ArgumentException">The length is not the profile's.</exception>
    public SrtpKey(SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt)
    {
        if (keyAndSalt.Length != profile.KeyBytes() + profile.SaltBytes())
            throw new ArgumentException("Key and salt have not the length of the profile.", nameof(keyAndSalt));

        Profile = profile;
        _bytes = keyAndSalt.ToArray();
    }

    /// <summary>What it is a key for.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>Key and salt in one piece.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    internal ReadOnlySpan<byte> Key => _bytes.AsSpan(0, Profile.KeyBytes());

    internal ReadOnlySpan<byte> Salt => _bytes.AsSpan(Profile.KeyBytes());

    /// <summary>A new random one.</summary>
    public static SrtpKey Create(SrtpProfile profile)
    {
        Span<byte> bytes = stackalloc byte[SrtpProfiles.MaxKeyBytes + SrtpProfiles.MaxSaltBytes];
        bytes = bytes[..(profile.KeyBytes() + profile.SaltBytes())];
        RandomNumberGenerator.Fill(bytes);
        return new(profile, bytes);
    }

    /// <summary>Whether both are the same; takes as long whether they are or not.</summary>
    public bool IsSameAs(SrtpKey other) => Profile == other.Profile && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override string ToString() => $"{Profile} (hidden)";
}
