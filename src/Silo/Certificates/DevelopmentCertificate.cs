using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Silo.Certificates;

/// <summary>A certificate that nobody vouches for, made on first run and kept, so that TLS can be tried at once.</summary>
internal static class DevelopmentCertificate
{
    public const string FileName = "development.pfx";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(825);
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(7);

    /// <summary>Makes it, unless there is one that stays valid for a week. Phones that trust the old one must be told of the new one.</summary>
    public static void Ensure(string folder, IEnumerable<string> names, DateTimeOffset now)
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file) && IsGood(file, now))
            return;

        using var made = Make(names, now);
        WritePrivately(file, made.Export(X509ContentType.Pfx));
        File.WriteAllText(Path.ChangeExtension(file, ".pem"), made.ExportCertificatePem());
    }

    private static bool IsGood(string file, DateTimeOffset now)
    {
        try
        {
            using var kept = X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
            return kept.NotAfter > (now + Reserve).LocalDateTime;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

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
