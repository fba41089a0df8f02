using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Api.Nodes;

/// <summary>A certificate that this process shows to those who connect by TLS; never its key.</summary>
/// <param name="Source">The file it was read from.</param>
/// <param name="Names">The host names, wildcards and addresses that it bears.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="NotBefore">When it begins to be valid.</param>
/// <param name="NotAfter">When it ends to be valid.</param>
/// <param name="Thumbprint">SHA-256 of it, in hex.</param>
/// <param name="IsDefault">Whether it is shown to those who ask for no name, or for one that no certificate bears.</param>
/// <param name="IsDevelopment">Whether this process made it for itself.</param>
/// <param name="Fault">Why the file's present content is not in use, so that this earlier one is; null when it is.</param>
internal sealed record CertificateDto(
    string Source,
    IReadOnlyList<string> Names,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Thumbprint,
    bool IsDefault,
    bool IsDevelopment,
    string? Fault)
{
    public static CertificateDto From(ServerCertificate certificate) => new(
        certificate.Source,
        certificate.Names,
        certificate.Issuer,
        certificate.NotBefore,
        certificate.NotAfter,
        certificate.Thumbprint,
        certificate.IsDefault,
        certificate.IsDevelopment,
        certificate.Fault);
}
