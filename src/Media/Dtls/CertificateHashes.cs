using System.Text;

namespace TekSipCloud.Media.Dtls;

/// <summary>Names and sizes of the hash functions.</summary>
internal static class CertificateHashes
{
    /// <summary>The longest hash, in bytes.</summary>
    public const int MaxBytes = 64;

    private static readonly CertificateHash[] All = Enum.GetValues<CertificateHash>();

    /// <summary>Bytes of its result.</summary>
    public static int Bytes(this CertificateHash hash) => hash switch
    {
        CertificateHash.Sha1 => 20,
        CertificateHash.Sha224 => 28,
        CertificateHash.Sha256 => 32,
        CertificateHash.Sha384 => 48,
        _ => 64,
    };

    /// <summary>How SDP calls it.</summary>
    public static ReadOnlySpan<byte> SdpName(this CertificateHash hash) => hash switch
    {
        CertificateHash.Sha1 => "sha-1"u8,
        CertificateHash.Sha224 => "sha-224"u8,
        CertificateHash.Sha256 => "sha-256"u8,
        CertificateHash.Sha384 => "sha-384"u8,
        _ => "sha-512"u8,
    };

    /// <summary>How OpenSSL calls it.</summary>
    public static string OpenSslName(this CertificateHash hash) => hash switch
    {
        CertificateHash.Sha1 => "SHA1",
        CertificateHash.Sha224 => "SHA224",
        CertificateHash.Sha256 => "SHA256",
        CertificateHash.Sha384 => "SHA384",
        _ => "SHA512",
    };

    /// <summary>Finds one by its name of SDP; case does not matter (RFC 8122 §5).</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out CertificateHash hash)
    {
        foreach (var one in All)
        {
            hash = one;
            if (Ascii.EqualsIgnoreCase(name, one.SdpName()))
                return true;
        }

        hash = default;
        return false;
    }
}
