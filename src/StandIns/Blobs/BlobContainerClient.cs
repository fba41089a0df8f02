#nullable disable

using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

/// <summary>One container and its blobs.</summary>
public class BlobContainerClient
{
    private readonly BlobsAccount _account;

    protected BlobContainerClient() { }

    internal BlobContainerClient(BlobsAccount account, string name)
    {
        _account = account;
        Name = name;
    }

    public virtual string AccountName => _account.Name;

    public virtual string Name { get; }

    public virtual Uri Uri => new(_account.Base + Path);

    private string Path => $"/{System.Uri.EscapeDataString(Name)}";

    /// <summary>A client of one blob, which need not exist; slashes in its name stay.</summary>
    public virtual BlobClient GetBlobClient(string blobName)
    {
        ArgumentException.ThrowIfNullOrEmpty(blobName);
        return new BlobClient(_account, Name, blobName);
    }

    /// <summary>Creates the container; a null response when it existed.</summary>
    public virtual async Task<Response<BlobContainerInfo>> CreateIfNotExistsAsync(
        PublicAccessType publicAccessType, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        using var message = _account.CreateMessage(RequestMethod.Put, Path, "restype=container", ExpectedStatuses.CreateIfNotExists);
        if (publicAccessType != PublicAccessType.None)
            message.Request.Headers.Add("x-ms-blob-public-access", publicAccessType == PublicAccessType.Blob ? "blob" : "container");
        BlobHeaders.AddMetadata(message.Request, metadata);
        var response = await _account.Send(message, cancellationToken).ConfigureAwait(false);
        if (response.Status != 409)
            return Response.FromValue(new BlobContainerInfo(BlobHeaders.ETag(response), BlobHeaders.LastModified(response)), response);

        return response.Headers.TryGetValue(BlobHeaders.ErrorCode, out var code) && code == BlobErrorCode.ContainerAlreadyExists
            ? null
            : throw new RequestFailedException(response);
    }

    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _account.CreateMessage(RequestMethod.Head, Path, "restype=container", ExpectedStatuses.ReadIfExists);
        var response = await _account.Send(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(response.Status == 200, response);
    }

    /// <summary>Deletes the container with all that is in it; false when there is none.</summary>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(
        BlobRequestConditions conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = _account.CreateMessage(RequestMethod.Delete, Path, "restype=container", ExpectedStatuses.Delete);
        BlobHeaders.AddConditions(message.Request, conditions);
        var response = await _account.Send(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(response.Status == 202, response);
    }

    /// <summary>The blobs whose names begin so, in the order of their names.</summary>
    public virtual AsyncPageable<BlobItem> GetBlobsAsync(
        BlobTraits traits, BlobStates states, string prefix, CancellationToken cancellationToken) =>
        new PagedBlobs((marker, size, cancel) => BlobListing.Read(_account, Path, prefix, marker, size, cancel), cancellationToken);
}
