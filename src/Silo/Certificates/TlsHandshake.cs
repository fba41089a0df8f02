using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace TekSipCloud.Silo.Certificates;

/// <summary>How a listener's handshakes are done: the certificate of the name asked for, as it is now, and what clients must show.</summary>
internal sealed class TlsHandshake(CertificateStore store, ClientCertificates clients)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Chooses for one connection.</summary>
    public ValueTask<SslServerAuthenticationOptions> Choose(TlsHandshakeCallbackContext context)
    {
        var attempt = HandshakeAttempt.Current;
        var name = context.ClientHelloInfo.ServerName;
        attempt?.Begin(name);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = store.Find(name)?.Context ?? throw new AuthenticationException("There is no certificate."),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (clients != ClientCertificates.Off)
            AskClient(options, attempt);
        return new(options);
    }

    private void AskClient(SslServerAuthenticationOptions options, HandshakeAttempt? attempt)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(store.Authorities);
        options.ClientCertificateRequired = true;
        options.CertificateChainPolicy = policy;
        options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            var refusal = FindFault(certificate as X509Certificate2, chain);
            if (attempt is not null)
                attempt.Refusal = refusal;
            return refusal is null;
        };
    }

    private string? FindFault(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null)
            return clients == ClientCertificates.Required ? "It showed no certificate." : null;

        var faults = chain?.ChainStatus.Where(status => !IsServerCertificateOfPeer(status, certificate)).ToArray() ?? [];
        return faults.Length == 0 && chain is not null
            ? null
            : $"Its certificate is not trusted: {string.Join(", ", faults.Select(fault => fault.StatusInformation.Trim()))}";
    }

    /// <summary>A SIP server shows the one certificate it has, and authorities issue those for servers only (CA/Browser Forum, from 2026).</summary>
    private static bool IsServerCertificateOfPeer(X509ChainStatus status, X509Certificate2 certificate) =>
        status.Status == X509ChainStatusFlags.NotValidForUsage
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usage => usage.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(oid => oid.Value == ServerAuthentication));
}
