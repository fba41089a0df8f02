#nullable disable

using System.Security.Cryptography;
using System.Text;

namespace Azure.Storage;

/// <summary>An account's name and key, by which requests are signed.</summary>
public class StorageSharedKeyCredential
{
    private byte[] _key;

    public StorageSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);

        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    public string AccountName { get; }

    /// <summary>Replaces the key, for requests signed from now on.</summary>
    public void SetAccountKey(string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        Volatile.Write(ref _key, Convert.FromBase64String(accountKey));
    }

    internal string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(Volatile.Read(ref _key), Encoding.UTF8.GetBytes(text)));
}
