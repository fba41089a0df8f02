using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Api.Security;

/// <summary>
/// ASP.NET's data protection on the cluster's one key source: what it protects (the session cookie) survives a restart and is
/// understood by every node, and no second key ring has to be kept.
/// </summary>
/// <remarks>AES-256-GCM with a random nonce: nonce, tag, ciphertext.</remarks>
internal sealed class ClusterDataProtection(IClusterKeys keys, string chain = "data-protection") : IDataProtector
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = keys.Derive(chain);

    // The length makes a chain of purposes unambiguous.
    public IDataProtector CreateProtector(string purpose) =>
        new ClusterDataProtection(keys, $"{chain}/{purpose.Length}:{purpose}");

    public byte[] Protect(byte[] plaintext)
    {
        var sealedBytes = new byte[NonceBytes + TagBytes + plaintext.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return sealedBytes;
    }

    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < NonceBytes + TagBytes)
            throw new CryptographicException("That was not protected here.");

        var plaintext = new byte[protectedData.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            protectedData.AsSpan(0, NonceBytes),
            protectedData.AsSpan(NonceBytes + TagBytes),
            protectedData.AsSpan(NonceBytes, TagBytes),
            plaintext);
        return plaintext;
    }
}
