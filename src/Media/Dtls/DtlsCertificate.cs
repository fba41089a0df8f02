using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Media.Dtls;

/// <summary>Who we are in handshakes: a key of our own, and a certificate nobody signed but we (RFC 8827 §6.5). See <see cref="DtlsIdentity"/>.</summary>
internal sealed class DtlsCertificate : IDisposable
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    // As long as calls begin with it, and as long as one of them may go on; parties look at the fingerprint only.
    private static readonly TimeSpan Lifetime = 3 * DtlsIdentity.Lifetime;

    private DtlsCertificate(X509Handle certificate, PrivateKeyHandle key, CertificateFingerprint fingerprint)
    {
        Certificate = certificate;
        Key = key;
        Fingerprint = fingerprint;
    }

    public X509Handle Certificate { get; }

    public PrivateKeyHandle Key { get; }

    /// <summary>What descriptions say of it; by SHA-256.</summary>
    public CertificateFingerprint Fingerprint { get; }

    /// <summary>A new one, with a new key on P-256.</summary>
    public static DtlsCertificate Create(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The name tells parties nothing of us (RFC 8827 §6.5 leaves it open).
        var request = new CertificateRequest("CN=SIP", key, HashAlgorithmName.SHA256);
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - ClockTolerance, now + Lifetime);
        var secret = key.ExportPkcs8PrivateKey();
        try
        {
            var fingerprint = new CertificateFingerprint(CertificateHash.Sha256, SHA256.HashData(certificate.RawDataMemory.Span));
            return new(ReadCertificate(certificate.RawDataMemory.Span), ReadKey(secret), fingerprint);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
    }

    private static unsafe X509Handle ReadCertificate(ReadOnlySpan<byte> der)
    {
        fixed (byte* first = der)
        {
            var next = first;
            return OpenSslError.Checked(LibCrypto.ReadCertificate(0, &next, der.Length));
        }
    }

    private static unsafe PrivateKeyHandle ReadKey(ReadOnlySpan<byte> der)
    {
        fixed (byte* first = der)
        {
            var next = first;
            return OpenSslError.Checked(LibCrypto.ReadPrivateKey(0, &next, der.Length));
        }
    }
}
