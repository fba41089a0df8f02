using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1 and §4.2.1).</summary>
internal sealed class AesCounterTransform : SrtpTransform
{
    private const int CipherKeyBytes = 16;
    private const int AuthenticationKeyBytes = 20;
    private const int SaltBytes = 14;

    private readonly AesCounter _cipher;
    private readonly HmacSha1 _hash;
    private readonly ulong _saltHigh;
    private readonly ulong _saltLow;

    public AesCounterTransform(KeyDerivation keys, int tagBytes, byte encryption, byte authentication, byte salt)
    {
        TagBytes = tagBytes;
        Span<byte> derived = stackalloc byte[AuthenticationKeyBytes];
        keys.Derive(encryption, derived[..CipherKeyBytes]);
        _cipher = AesCounter.Create(derived[..CipherKeyBytes]);
        keys.Derive(authentication, derived);
        _hash = HmacSha1.Create(derived);

        // RFC 3711 §4.1.1: the salt stands above the sixteen bits that count blocks.
        derived.Clear();
        keys.Derive(salt, derived[..SaltBytes]);
        _saltHigh = BinaryPrimitives.ReadUInt64BigEndian(derived);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(derived[8..]);
        CryptographicOperations.ZeroMemory(derived);
    }

    public override int TagBytes { get; }

    public override bool AuthenticatesRollover => true;

    public override bool IsTagFirst => false;

    public override void Seal(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, Span<byte> tag)
    {
        Encrypt(packet[clear..], id);
        Span<byte> hash = stackalloc byte[HmacSha1.HashBytes];
        _hash.Compute(packet, trailer, hash);
        hash[..tag.Length].CopyTo(tag);
    }

    public override bool TryOpen(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, ReadOnlySpan<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HmacSha1.HashBytes];
        _hash.Compute(packet, trailer, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash[..tag.Length], tag))
            return false;

        Encrypt(packet[clear..], id);
        return true;
    }

    public override void Dispose()
    {
        _cipher.Dispose();
        _hash.Dispose();
    }

    // RFC 3711 §4.1.1: IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16).
    private void Encrypt(Span<byte> secret, PacketId id) => _cipher.Apply(secret, _saltHigh ^ id.Ssrc, _saltLow ^ id.Index << 16);
}
