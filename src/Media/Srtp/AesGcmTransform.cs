using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>AES in Galois/counter mode (RFC 7714).</summary>
internal sealed class AesGcmTransform : SrtpTransform
{
    private const int NonceBytes = 12;
    private const int GcmTagBytes = 16;

    // NIST SP 800-38D §7.1: block one makes the tag, the text begins with block two.
    private const uint FirstTextBlock = 2;

    private readonly AesGcm _aes;
    private readonly AesCounter _counter;
    private readonly byte[] _salt = new byte[NonceBytes];

    // What is authenticated comes in two pieces, and the cipher takes one.
    private readonly byte[] _associated = new byte[SrtpProfiles.MaxPacketBytes + sizeof(uint)];

    public AesGcmTransform(KeyDerivation keys, SrtpProfile profile, byte encryption, byte salt)
    {
        Span<byte> cipherKey = stackalloc byte[SrtpProfiles.MaxKeyBytes];
        cipherKey = cipherKey[..profile.KeyBytes()];
        keys.Derive(encryption, cipherKey);
        keys.Derive(salt, _salt);
        _aes = new AesGcm(cipherKey, GcmTagBytes);
        _counter = AesCounter.Create(cipherKey);
        CryptographicOperations.ZeroMemory(cipherKey);
    }

    /// <summary>With session keys that nothing is derived from, as RFC 7714's examples have them.</summary>
    internal AesGcmTransform(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> sessionSalt)
    {
        _aes = new AesGcm(sessionKey, GcmTagBytes);
        _counter = AesCounter.Create(sessionKey);
        sessionSalt.CopyTo(_salt);
    }

    public override int TagBytes => GcmTagBytes;

    public override bool AuthenticatesRollover => false;

    public override bool IsTagFirst => true;

    public override void Seal(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(id, nonce);
        var secret = packet[clear..];
        _aes.Encrypt(nonce, secret, secret, tag, Associated(packet[..clear], trailer));
    }

    public override bool TryOpen(Span<byte> packet, int clear, ReadOnlySpan<byte> trailer, PacketId id, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(id, nonce);

        // The library's decryption throws at a wrong tag, which a flood of forgeries would make dear. Encrypting again gives the right one.
        var secret = packet[clear..];
        Turn(secret, nonce);
        Span<byte> right = stackalloc byte[GcmTagBytes];
        _aes.Encrypt(nonce, secret, secret, right, Associated(packet[..clear], trailer));
        if (!CryptographicOperations.FixedTimeEquals(right, tag))
            return false;

        Turn(secret, nonce);
        return true;
    }

    public override void Dispose()
    {
        _aes.Dispose();
        _counter.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }

    private void Turn(Span<byte> secret, ReadOnlySpan<byte> nonce) => _counter.Apply(
        secret,
        BinaryPrimitives.ReadUInt64BigEndian(nonce),
        (ulong)BinaryPrimitives.ReadUInt32BigEndian(nonce[8..]) << 32 | FirstTextBlock);

    // RFC 7714 §8.1 and §9.1: two zero bytes, the source, six bytes of index, XOR the salt. RTCP's 31 bits stand at the end of those six.
    private void WriteNonce(PacketId id, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], id.Ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(nonce[6..], (ushort)(id.Index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], (uint)id.Index);
        for (var i = 0; i < NonceBytes; i++)
            nonce[i] ^= _salt[i];
    }

    private ReadOnlySpan<byte> Associated(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> trailer)
    {
        if (trailer.IsEmpty)
            return clear;

        clear.CopyTo(_associated);
        trailer.CopyTo(_associated.AsSpan(clear.Length));
        return _associated.AsSpan(0, clear.Length + trailer.Length);
    }
}
