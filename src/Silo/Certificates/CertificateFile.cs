using System.Security.Cryptography;

namespace TekSipCloud.Silo.Certificates;

/// <summary>One file over time: the certificate last read from it, and what is wrong with its present content.</summary>
internal sealed class CertificateFile(string path, string? password)
{
    private string _hash = "";

    public string Path => path;

    /// <summary>The certificate in use; null when there was none yet.</summary>
    public StoredCertificate? Current { get; private set; }

    /// <summary>Why the present content is not in use; null when it is, or holds no certificate of a server.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads it again; true when its content is not what it was.</summary>
    /// <param name="mustBeOne">Whether a file without certificate or key is a fault, as in one that an operator named, or that had one before.</param>
    public bool Refresh(bool mustBeOne)
    {
        try
        {
            var content = CertificateContent.Read(path);
            if (content.Hash == _hash)
                return false;

            _hash = content.Hash;
            Take(content, mustBeOne || Current is not null);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // What could not even be read is tried again; bad content only when it changes.
            if (e is not (CryptographicException or ArgumentException))
                _hash = "";
            var isNews = Fault != e.Message;
            Fault = e.Message;
            return isNews;
        }
    }

    private void Take(CertificateContent content, bool mustBeOne)
    {
        if (content.IsWhole)
        {
            Current = StoredCertificate.Read(content, password);
            Fault = null;
            return;
        }

        Fault = mustBeOne ? "it does not hold a certificate and its key" : null;
    }
}
