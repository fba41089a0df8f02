using System.Security.Cryptography;

namespace TekSipCloud.Media.Srtp;

/// <summary>Makes session keys from a master key, once for its whole life: a derivation rate of zero (RFC 3711 §4.3).</summary>
internal static class KeyDerivation
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    private const int BlockBytes = 16;

    // RFC 3711 §4.3.1: the label stands above the 48 bits of index DIV rate, which are zero, in a salt of 112 bits.
    private const int LabelAt = 7;

    /// <summary>Fills a session key or salt.</summary>
    public static void Derive(SrtpKey master, byte label, Span<byte> derived)
    {
        using var aes = Aes.Create();
        aes.Key = master.Key.ToArray();

        // RFC 7714 §11: a salt of 96 bits counts as one of 112 with sixteen zeros behind it.
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        master.Salt.CopyTo(block);
        block[LabelAt] ^= label;

        Span<byte> stream = stackalloc byte[BlockBytes];
        for (byte count = 0; !derived.IsEmpty; count++)
        {
            block[BlockBytes - 1] = count;
            _ = aes.EncryptEcb(block, stream, PaddingMode.None);
            var length = Math.Min(BlockBytes, derived.Length);
            stream[..length].CopyTo(derived);
            derived = derived[length..];
        }

        CryptographicOperations.ZeroMemory(stream);
    }
}
