#nullable disable

using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs.Specialized;

/// <summary>What every kind of blob can do.</summary>
public class BlobBaseClient
{
    protected BlobBaseClient() { }

    internal BlobBaseClient(BlobsAccount account, string container, string name)
    {
        Account = account;
        BlobContainerName = container;
        Name = name;
        // Each segment by itself: slashes are part of a blob's name and of its address.
        Path = $"/{System.Uri.EscapeDataString(container)}/{string.Join('/', name.Split('/').Select(System.Uri.EscapeDataString))}";
    }

    public virtual string AccountName => Account.Name;

    public virtual string BlobContainerName { get; }

    public virtual string Name { get; }

    public virtual Uri Uri => new(Account.Base + Path);

    internal BlobsAccount Account { get; }

    internal string Path { get; }

    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = Account.CreateMessage(RequestMethod.Head, Path, "", ExpectedStatuses.ReadIfExists);
        var response = await Account.Send(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(response.Status == 200, response);
    }

    /// <exception cref="RequestFailedException">404 when there is no such blob.</exception>
    public virtual async Task<Response<BlobProperties>> GetPropertiesAsync(
        BlobRequestConditions conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = Account.CreateMessage(RequestMethod.Head, Path, "", ExpectedStatuses.Read);
        BlobHeaders.AddConditions(message.Request, conditions);
        var response = await Account.Send(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(new BlobProperties(response), response);
    }

    /// <summary>Begins to download the blob or a range of it; the content comes as it is read, and is the caller's to dispose.</summary>
    /// <exception cref="RequestFailedException">404 when there is no such blob, 412 for a condition, 416 for a range behind its end.</exception>
    public virtual async Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        BlobDownloadOptions options = null, CancellationToken cancellationToken = default)
    {
        using var message = Account.CreateMessage(RequestMethod.Get, Path, "", ExpectedStatuses.Download);
        message.BufferResponse = false;
        if (options is not null && options.Range != default)
            message.Request.Headers.SetValue("x-ms-range", options.Range.ToString());
        BlobHeaders.AddConditions(message.Request, options?.Conditions);
        var response = await Account.Send(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(new BlobDownloadStreamingResult(message.ExtractResponseContent(), new BlobDownloadDetails(response)), response);
    }

    /// <summary>A stream over the blob as it is now, that can be sought in; reading fails with 412 once the blob is another.</summary>
    public virtual async Task<Stream> OpenReadAsync(BlobOpenReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var properties = await GetPropertiesAsync(options.Conditions, cancellationToken).ConfigureAwait(false);
        return new BlobReadStream(this, properties.Value, options);
    }

    /// <exception cref="RequestFailedException">404 when there is no such blob.</exception>
    public virtual Task<Response> DeleteAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions conditions = null,
        CancellationToken cancellationToken = default) =>
        Delete(ExpectedStatuses.DeleteExisting, snapshotsOption, conditions, cancellationToken);

    /// <summary>Deletes the blob; false when there is none.</summary>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions conditions = null,
        CancellationToken cancellationToken = default)
    {
        var response = await Delete(ExpectedStatuses.Delete, snapshotsOption, conditions, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(response.Status == 202, response);
    }

    private async Task<Response> Delete(
        ResponseClassifier expected, DeleteSnapshotsOption snapshots, BlobRequestConditions conditions, CancellationToken cancel)
    {
        using var message = Account.CreateMessage(RequestMethod.Delete, Path, "", expected);
        if (snapshots != DeleteSnapshotsOption.None)
            message.Request.Headers.Add("x-ms-delete-snapshots", snapshots == DeleteSnapshotsOption.IncludeSnapshots ? "include" : "only");
        BlobHeaders.AddConditions(message.Request, conditions);
        return await Account.Send(message, cancel).ConfigureAwait(false);
    }
}
