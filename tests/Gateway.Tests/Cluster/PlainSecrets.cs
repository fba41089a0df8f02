using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>Binds a secret to its purpose and hides nothing.</summary>
internal sealed class PlainSecrets : ISecretProtector
{
    public string Protect(string secret, string purpose) => $"{purpose}|{secret}";

    public string Unprotect(string protectedSecret, string purpose) =>
        protectedSecret.StartsWith($"{purpose}|", StringComparison.Ordinal)
            ? protectedSecret[(purpose.Length + 1)..]
            : throw new System.Security.Cryptography.CryptographicException("Made for something else.");
}
