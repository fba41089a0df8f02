#nullable disable

using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>The containers of an account.</summary>
public class BlobServiceClient
{
    private readonly BlobsAccount _account;

    public BlobServiceClient(string connectionString)
        : this(connectionString, null) { }

    public BlobServiceClient(string connectionString, BlobClientOptions options) =>
        _account = BlobsAccount.Create(connectionString, options);

    public BlobServiceClient(Uri serviceUri, StorageSharedKeyCredential credential, BlobClientOptions options = null) =>
        _account = BlobsAccount.Create(serviceUri, credential, options);

    public BlobServiceClient(Uri serviceUri, TokenCredential credential, BlobClientOptions options = null) =>
        _account = BlobsAccount.Create(serviceUri, credential, options);

    protected BlobServiceClient() { }

    public virtual string AccountName => _account.Name;

    public virtual Uri Uri => _account.Endpoint;

    /// <summary>A client of one container, which need not exist.</summary>
    public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName)
    {
        ArgumentException.ThrowIfNullOrEmpty(blobContainerName);
        return new BlobContainerClient(_account, blobContainerName);
    }
}
