namespace TekSipCloud.Contracts.Security;

/// <summary>Encrypts what must be kept and read again (AES-GCM, versioned key).</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts a secret. The purpose, e.g. the row's key, is bound to it, so that it can't be moved to another row.</summary>
    string Protect(string secret, string purpose);

    /// <summary>Decrypts a secret.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Made for another purpose, with an unknown key, or altered.</exception>
    string Unprotect(string protectedSecret, string purpose);
}
