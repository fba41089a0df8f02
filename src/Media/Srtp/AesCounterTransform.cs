using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1 and §4.2.1).</summary>
internal sealed class AesCounterTransform : SrtpTransform
{
    private const int AuthenticationKeyBytes = 20;
    private const int HashBytes = 20;

    private readonly AesCounter _cipher;
    private readonly IncrementalHash _hash;
    private readonly ulong _saltHigh;
    private readonly ulong _saltLow;

    public AesCounterTransform(SrtpKey key, byte encryption, byte authentication, byte salt, int tagBytes)
    {
        TagBytes = tagBytes;
        Span<byte> derived = stackalloc byte[SrtpProfiles.MaxKeyBytes];
        var cipherKey = derived[..key.Profile.KeyBytes()];
        KeyDerivation.Derive(key, encryption, cipherKey);
        _cipher = new AesCounter(cipherKey);

        var hashKey = derived[..AuthenticationKeyBytes];
        KeyDerivation.Derive(key, authentication, hashKey);
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, hashKey);

        // RFC 3711 §4.1.1: the salt stands above the sixteen bits that count blocks.
        derived.Clear();
        KeyDerivation.Derive(key, salt, derived[..key.Profile.SaltBytes()]);
        _saltHigh = BinaryPrimitives.ReadUInt64BigEndian(derived);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(derived[8..]);
        CryptographicOperations.ZeroMemory(derived);
    }

    public override int TagBytes { get; }

    public override bool AuthenticatesRollover => true;

    public override bool IndexIsBehindTag => false;

    public override void Seal(ReadOnlySpan<byte> clear, Span<byte> secret, ReadOnlySpan<byte> trailer, PacketId id, Span<byte> tag)
    {
        Encrypt(secret, id);
        Span<byte> hash = stackalloc byte[HashBytes];
        Authenticate(clear, secret, trailer, hash);
        hash[..TagBytes].CopyTo(tag);
    }

    public override bool TryOpen(
        ReadOnlySpan<byte> clear, Span<byte> secret, ReadOnlySpan<byte> trailer, PacketId id, ReadOnlySpan<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Authenticate(clear, secret, trailer, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash[..TagBytes], tag))
            return false;

        Encrypt(secret, id);
        return true;
    }

    public override void Dispose()
    {
        _cipher.Dispose();
        _hash.Dispose();
    }

    private void Authenticate(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> trailer, Span<byte> hash)
    {
        _hash.AppendData(clear);
        _hash.AppendData(secret);
        _hash.AppendData(trailer);
        _ = _hash.GetHashAndReset(hash);
    }

    // RFC 3711 §4.1.1: IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16).
    private void Encrypt(Span<byte> secret, PacketId id) => _cipher.Apply(secret, _saltHigh ^ id.Ssrc, _saltLow ^ id.Index << 16);
}
