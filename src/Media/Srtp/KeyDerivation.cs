using System.Buffers.Binary;

namespace TekSipCloud.Media.Srtp;

/// <summary>Makes session keys from a master key, once for its whole life: a derivation rate of zero (RFC 3711 §4.3).</summary>
internal sealed class KeyDerivation : IDisposable
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    private const int BlockBytes = 16;

    private readonly AesCounter _cipher;
    private readonly ulong _saltHigh;
    private readonly ulong _saltLow;

    public KeyDerivation(SrtpKey master)
    {
        _cipher = AesCounter.Create(master.Key);

        // RFC 7714 §11: a salt of 96 bits counts as one of 112 with sixteen zeros behind it.
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        master.Salt.CopyTo(block);
        _saltHigh = BinaryPrimitives.ReadUInt64BigEndian(block);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(block[8..]);
    }

    /// <summary>Fills a session key or salt.</summary>
    public void Derive(byte label, Span<byte> derived)
    {
        // RFC 3711 §4.3.1: the label stands above the 48 bits of index DIV rate, which are zero, in a salt of 112 bits of the block's 128.
        // §4.3.3: the key is the stream itself.
        derived.Clear();
        _cipher.Apply(derived, _saltHigh ^ label, _saltLow);
    }

    public void Dispose() => _cipher.Dispose();
}
