using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Storage.Security;

/// <summary>
/// AES-256-GCM with a random nonce and the purpose as associated data: <c>v{version}.{base64url of nonce, tag,
/// ciphertext}</c>.
/// </summary>
internal sealed class SecretProtector(ClusterKeys keys) : ISecretProtector
{
    private const string KeyPurpose = "secret";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public string Protect(string secret, string purpose)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(purpose);

        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(keys.Derive(KeyPurpose), TagBytes);
        var tag = sealedBytes.AsSpan(NonceBytes, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), tag, Encoding.UTF8.GetBytes(purpose));
        return string.Create(CultureInfo.InvariantCulture, $"v{keys.CurrentVersion}.{Base64Url.EncodeToString(sealedBytes)}");
    }

    public string Unprotect(string protectedSecret, string purpose)
    {
        ArgumentNullException.ThrowIfNull(protectedSecret);
        ArgumentNullException.ThrowIfNull(purpose);

        var (key, sealedBytes) = Open(protectedSecret);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        var tag = sealedBytes.AsSpan(NonceBytes, TagBytes);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes + TagBytes), tag, plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }

    private (byte[] Key, byte[] Sealed) Open(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 2 || text[0] != 'v'
            || !int.TryParse(text.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !Base64Url.IsValid(text.AsSpan(dot + 1), out var length) || length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("That is not a protected secret.");
        }

        var key = keys.Find(version, KeyPurpose)
            ?? throw new CryptographicException($"The secret was encrypted with key {version}, which is not known here.");
        return (key, Base64Url.DecodeFromChars(text.AsSpan(dot + 1)));
    }
}
