using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>A master key with its salt, as SDES or DTLS agree on it. Never logged, never written to a table.</summary>
public sealed class SrtpKey
{
    /// <summary>The longest identifier, in bytes (RFC 4568 §6.1).</summary>
    public const int MaxIdentifierBytes = 128;

    private readonly byte[] _bytes;

    private readonly byte[] _identifier;

    /// <summary>Takes key and salt in one piece, the key first (RFC 4568 §6.1).</summary>
    /// <param name="profile">What it is a key for.</param>
    /// <param name="keyAndSalt">Key and salt.</param>
    /// <param name="identifier">What names it in every packet, up to <see cref="MaxIdentifierBytes"/>; empty when nothing does.</param>
    /// <exception cref="ArgumentException">A length is not permitted.</exception>
    public SrtpKey(SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt, ReadOnlySpan<byte> identifier = default)
    {
        if (identifier.Length > MaxIdentifierBytes)
            throw new ArgumentException("The identifier is too long.", nameof(identifier));

        if (keyAndSalt.Length != profile.KeyBytes() + profile.SaltBytes())
            throw new ArgumentException("Key and salt have not the length of the profile.", nameof(keyAndSalt));

        Profile = profile;
        _bytes = keyAndSalt.ToArray();
        _identifier = identifier.ToArray();
    }

    /// <summary>What it is a key for.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>Key and salt in one piece.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The master key identifier (MKI) that stands in every packet under the key (RFC 3711 §3.1); empty for none.</summary>
    public ReadOnlySpan<byte> Identifier => _identifier;

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

    /// <summary>Whether both are the same under the same identifier; takes as long whether the keys are or not.</summary>
    public bool IsSameAs(SrtpKey other) => Profile == other.Profile
        && Identifier.SequenceEqual(other.Identifier)
        && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override string ToString() => $"{Profile} (hidden)";
}
