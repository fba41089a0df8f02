using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace TekSipCloud.Sip.Tls;

/// <summary>Checks one TLS server: its chain by the trust given, its name as RFC 5922 §7.3 demands. Remembers what was wrong.</summary>
internal sealed class ServerCheck(string domain, ServerTrust trust)
{
    /// <summary>What was wrong with the server's certificate, in a sentence; null when nothing was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What to authenticate with.</summary>
    /// <param name="own">This side's certificate, shown to a server that asks for one; null shows none.</param>
    public SslClientAuthenticationOptions Options(SslStreamCertificateContext? own) => new()
    {
        // RFC 5922 §7.3, RFC 3261 §26.3.1: the domain of the URI, never what DNS made of it.
        TargetHost = domain.Trim('[', ']'),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = Check,
        CertificateChainPolicy = ChainPolicy(),
        ClientCertificateContext = own,
    };

    /// <summary>Judges what a server showed.</summary>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = FindFault(certificate as X509Certificate2, chain, errors);
        return Refusal is null;
    }

    private string? FindFault(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "The server showed no certificate.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return $"The certificate is not trusted: {Explain(chain)}";

        var identities = CertificateIdentities.Read(certificate);
        if (identities.Name(domain, trust.AllowsWildcards))
            return null;

        return identities.Name(domain, allowsWildcards: true)
            ? $"The certificate names {domain} by a wildcard only, which this destination does not allow (RFC 5922 §7.2)."
            : $"The certificate is not {domain}'s: it names {Names(identities)}.";
    }

    private static string Explain(X509Chain? chain)
    {
        var reasons = chain?.ChainStatus.Select(status => status.StatusInformation.Trim()).Where(text => text.Length > 0).Distinct().ToArray();
        return reasons is { Length: > 0 } ? string.Join(", ", reasons) : "its chain can't be built.";
    }

    private static string Names(CertificateIdentities identities)
    {
        const int most = 5;
        string[] names = [.. identities.Claims, .. identities.Addresses.Select(address => address.ToString())];
        return names.Length == 0 ? "nobody" : string.Join(", ", names.Take(most)) + (names.Length > most ? ", …" : "");
    }

    private X509ChainPolicy? ChainPolicy()
    {
        if (trust.Authorities.Length == 0)
            return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        // Nothing readable in it means that nobody is believed.
        if (ServerTrust.TryRead(trust.Authorities, out var authorities))
            policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
