using System.Security.Cryptography;
using System.Text;

namespace TekSipCloud.Silo.Certificates;

/// <summary>The bytes of a certificate and its key as found on disk.</summary>
/// <param name="Path">The certificate's file.</param>
/// <param name="Certificate">Its bytes.</param>
/// <param name="Key">The key's bytes: the same, or those of the file beside it; null when there is none.</param>
internal sealed record CertificateContent(string Path, byte[] Certificate, byte[]? Key)
{
    private const int MaxBytes = 1 << 20;
    private static readonly string[] Extensions = [".pem", ".crt", ".cer", ".pfx", ".p12"];

    public bool IsPfx => System.IO.Path.GetExtension(Path).ToUpperInvariant() is ".PFX" or ".P12";

    /// <summary>Whether there is a certificate and its key; a key alone, or a chain, is another one's.</summary>
    public bool IsWhole => IsPfx || (Key is not null && Certificate.AsSpan().IndexOf("BEGIN CERTIFICATE-----"u8) >= 0);

    public string CertificateText => Encoding.ASCII.GetString(Certificate);

    public string KeyText => Encoding.ASCII.GetString(Key ?? []);

    /// <summary>Tells contents apart.</summary>
    public string Hash => Convert.ToHexString(SHA256.HashData([.. SHA256.HashData(Certificate), .. SHA256.HashData(Key ?? [])]));

    /// <summary>Files of a folder and the folders in it that may be a certificate.</summary>
    public static IEnumerable<string> Find(string folder) => Directory.EnumerateDirectories(folder)
        .Prepend(folder)
        .SelectMany(Directory.EnumerateFiles)
        .Where(file => Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    /// <summary>Reads a file and its key. A PEM's key is in it, in a <c>.key</c> file of the same name, or in certbot's <c>privkey.pem</c>.</summary>
    public static CertificateContent Read(string path)
    {
        var content = new CertificateContent(path, ReadBounded(path), Key: null);
        if (content.IsPfx)
            return content;
        if (HasKeyIn(content.Certificate))
            return content with { Key = content.Certificate };

        var beside = System.IO.Path.GetFileName(path) == "fullchain.pem"
            ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "privkey.pem")
            : System.IO.Path.ChangeExtension(path, ".key");
        return File.Exists(beside) ? content with { Key = ReadBounded(beside) } : content;
    }

    /// <summary>Names the file only.</summary>
    public override string ToString() => Path;

    private static bool HasKeyIn(byte[] pem) => pem.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0;

    private static byte[] ReadBounded(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new IOException("it is larger than 1 MiB");

        return File.ReadAllBytes(path);
    }
}
