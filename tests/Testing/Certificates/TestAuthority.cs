using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Testing.Certificates;

/// <summary>A certificate authority of a test's own.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    /// <summary>Makes one.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="parent">Who vouches for it; null when it does itself.</param>
    public TestAuthority(string name = "Test authority", TestAuthority? parent = null)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var (from, to) = (Now.AddYears(-5), Now.AddYears(5));
        _certificate = parent is null
            ? request.CreateSelfSigned(from.AddYears(-1), to.AddYears(1))
            : request.Create(parent._certificate, from, to, RandomNumberGenerator.GetBytes(12)).CopyWithPrivateKey(_key);
    }

    /// <summary>Its certificate, for those who shall trust it.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A certificate for a name that is valid now, with its key.</summary>
    /// <param name="names">DNS names, IP addresses, and URIs (what has a colon and is no address).</param>
    public X509Certificate2 Issue(params string[] names) => Issue(Now.AddDays(-1), Now.AddDays(90), names);

    /// <summary>A certificate for a time.</summary>
    public X509Certificate2 Issue(DateTimeOffset from, DateTimeOffset to, params string[] names) => Issue("CN=issued", from, to, names);

    /// <summary>A certificate with a subject; without alternative names when there are no names.</summary>
    public X509Certificate2 Issue(string subject, DateTimeOffset from, DateTimeOffset to, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        if (names.Length > 0)
            request.CertificateExtensions.Add(Alternatives(names));

        using var issued = request.Create(_certificate, from, to, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>A certificate and its key as one PEM text.</summary>
    public static string PemOf(X509Certificate2 certificate) =>
        $"{certificate.ExportCertificatePem()}\n{KeyPemOf(certificate)}\n";

    /// <summary>A certificate's key as PEM.</summary>
    public static string KeyPemOf(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private static X509Extension Alternatives(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else if (name.Contains(':', StringComparison.Ordinal))
                builder.AddUri(new Uri(name));
            else
                builder.AddDnsName(name);
        }

        return builder.Build();
    }
}
