#nullable disable

namespace Azure.Data.Tables;

/// <summary>An account's name and key, by which requests are signed.</summary>
public class TableSharedKeyCredential
{
    private RequestSigner _signer;

    public TableSharedKeyCredential(string accountName, string accountKey)
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
        Volatile.Write(ref _signer, new RequestSigner(Convert.FromBase64String(accountKey)));
    }

    internal string Sign(string text) => Volatile.Read(ref _signer).Sign(text);
}
