using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Silo.Certificates;

/// <summary>A certificate with its key and chain, ready for handshakes. Never disposed: connections made with it may outlive its file.</summary>
internal sealed class StoredCertificate
{
    private StoredCertificate(string source, X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Source = source;
        Certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        var identities = CertificateIdentities.Read(certificate);
        Names = [.. identities.Claims.Concat(identities.DnsNames).Distinct(StringComparer.OrdinalIgnoreCase)];
        Addresses = [.. identities.Addresses.Select(address => address.ToString())];
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    public string Source { get; }

    public X509Certificate2 Certificate { get; }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Host names, wildcards among them.</summary>
    public ImmutableArray<string> Names { get; }

    public ImmutableArray<string> Addresses { get; }

    public string Thumbprint { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public bool IsDevelopment => Path.GetFileName(Source) == DevelopmentCertificate.FileName;

    public bool IsValid(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>Reads a file's content; throws <see cref="CryptographicException"/> or <see cref="ArgumentException"/> for what is none.</summary>
    public static StoredCertificate Read(CertificateContent content, string? password)
    {
        var all = content.IsPfx
            ? X509CertificateLoader.LoadPkcs12Collection(content.Certificate, password)
            : ReadPem(content, password);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("it has no private key");
        all.Remove(own);
        return new(content.Path, own, all);
    }

    private static X509Certificate2Collection ReadPem(CertificateContent content, string? password)
    {
        using var own = content.KeyText.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(content.CertificateText, content.KeyText, password)
            : X509Certificate2.CreateFromPem(content.CertificateText, content.KeyText);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(content.CertificateText);
        foreach (var twin in all.Where(other => other.Thumbprint == own.Thumbprint).ToArray())
            all.Remove(twin);
        // A PEM key stays usable by TLS everywhere only after a round trip through PKCS #12.
        all.Add(X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), password: null));
        return all;
    }
}
