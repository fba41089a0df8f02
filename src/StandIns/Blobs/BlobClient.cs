#nullable disable

using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Azure.Storage.Blobs;

/// <summary>One blob.</summary>
public class BlobClient : BlobBaseClient
{
    protected BlobClient() { }

    internal BlobClient(BlobsAccount account, string container, string name)
        : base(account, container, name) { }

    /// <exception cref="RequestFailedException">409 when the blob exists and <paramref name="overwrite"/> is false.</exception>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        Stream content, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(
            content,
            new BlobUploadOptions { Conditions = overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All } },
            cancellationToken);

    /// <summary>Uploads what is left of a stream: in one request, or in blocks where it is long or its length not known.</summary>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        Stream content, BlobUploadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new BlobUpload(Account, Path, options ?? new()).Run(content, cancellationToken);
    }
}
