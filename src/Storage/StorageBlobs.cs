using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage;

/// <summary>The containers of blobs. Nothing is asked of the blob service before there is something to store: all else runs without it.</summary>
public sealed class StorageBlobs
{
    private readonly Lazy<BlobContainerClient> _recordings;
    private volatile bool _hasRecordings;

    /// <summary>Opens no connection.</summary>
    public StorageBlobs(IOptions<StorageOptions> options)
    {
        // Names of tables may differ by case alone, those of containers have none (both belong to one account).
        var name = options.Value.TablePrefix.ToLowerInvariant() + "recordings";
        _recordings = new(() => new BlobServiceClient(options.Value.ConnectionString, ClientOptions()).GetBlobContainerClient(name));
    }

    /// <summary>The container of recordings, which need not exist yet.</summary>
    internal BlobContainerClient Recordings => _recordings.Value;

    /// <summary>Makes the container of recordings where there is none; nobody can read it without credentials.</summary>
    internal async Task PrepareRecordings(CancellationToken cancel)
    {
        if (_hasRecordings)
            return;

        await Recordings.CreateIfNotExistsAsync(PublicAccessType.None, null, cancel);
        _hasRecordings = true;
    }

    private static BlobClientOptions ClientOptions()
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        // For the whole of an attempt: a long recording by a slow line takes its time.
        options.Retry.NetworkTimeout = TimeSpan.FromMinutes(5);
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }
}
