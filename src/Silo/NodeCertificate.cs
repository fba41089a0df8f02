using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Silo;

/// <summary>The certificate of HTTPS and SIP over TLS: the operator's, or a development one made on first run and kept.</summary>
internal static class NodeCertificate
{
    private const string FileName = "development.pfx";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(825);

    public static X509Certificate2 Load(SiloOptions options, IEnumerable<string> names, DateTimeOffset now)
    {
        if (options.Certificate.Length > 0)
            return Read(options.Certificate);

        var folder = Directory.CreateDirectory(Path.Combine(options.DataFolder, "certificates")).FullName;
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file) && Read(file) is var kept && kept.NotAfter > now.LocalDateTime.AddDays(7))
            return kept;

        using var made = Make(names, now);
        WritePrivately(file, made.Export(X509ContentType.Pfx));
        File.WriteAllText(Path.ChangeExtension(file, ".pem"), made.ExportCertificatePem());
        return Read(file);
    }

    private static X509Certificate2 Read(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PFX" or ".P12" => X509CertificateLoader.LoadPkcs12FromFile(file, password: null),
        // A PEM key stays usable by TLS everywhere only after a round trip through PKCS #12.
        _ => X509CertificateLoader.LoadPkcs12(X509Certificate2.CreateFromPemFile(file).Export(X509ContentType.Pfx), password: null),
    };

    private static X509Certificate2 Make(IEnumerable<string> names, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=TekSIP Cloud development", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        return request.CreateSelfSigned(now.AddDays(-1), now + Validity);
    }

    private static X509Extension AlternativeNames(IEnumerable<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Append("localhost").Append("127.0.0.1").Append("::1").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else if (name.Length > 0)
                alternatives.AddDnsName(name);
        }

        return alternatives.Build();
    }

    private static void WritePrivately(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}
