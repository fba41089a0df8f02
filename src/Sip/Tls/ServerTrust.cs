using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Sip.Tls;

/// <summary>Whom this side believes when a TLS server says who it is. Two with the same content are equal and share connections.</summary>
/// <param name="Authorities">Certificates of the only authorities believed, as PEM; empty for those of the system.</param>
/// <param name="AllowsWildcards">Whether <c>*.example.com</c> names <c>sip.example.com</c>, which RFC 5922 §7.2 forbids.</param>
public sealed record ServerTrust(string Authorities = "", bool AllowsWildcards = false)
{
    /// <summary>The system's authorities, and names as RFC 5922 demands.</summary>
    public static ServerTrust System { get; } = new();

    /// <summary>Reads the certificates in a PEM text. False when there is none, or one of them can't be read.</summary>
    public static bool TryRead(string pem, out X509Certificate2Collection authorities)
    {
        authorities = [];
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return authorities.Count > 0;
    }

    /// <summary>Length and kind only.</summary>
    public override string ToString() => Authorities.Length == 0 ? "the system's authorities" : "own authorities";
}
