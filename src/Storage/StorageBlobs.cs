using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage;

/// <summary>The containers of blobs. Nothing is asked of the blob service before there is something to store: all else runs without it.</summary>
public sealed class StorageBlobs
{
    /// <summary>Opens no connection.</summary>
    public StorageBlobs(IOptions<StorageOptions> options)
    {
        BlobServiceClient? service = null;
        try
        {
            service = new(options.Value.ConnectionString, ClientOptions());
        }
        catch (FormatException)
        {
            Obstacle = $"The setting {StorageOptions.Section}:{nameof(StorageOptions.ConnectionString)} names no blob service: "
                + "it needs a BlobEndpoint, or an EndpointSuffix, with AccountName and AccountKey.";
        }

        // Names of tables may differ by case alone, those of containers have none (both belong to one account).
        var prefix = options.Value.TablePrefix.ToLowerInvariant();
        BlobContainer Container(string name) =>
            new(() => service?.GetBlobContainerClient(prefix + name) ?? throw new InvalidOperationException(Obstacle));

        Recordings = Container("recordings");
        Sounds = Container("sounds");
    }

    /// <summary>Why nothing can be stored in any of them; null where the connection string names a blob service.</summary>
    public string? Obstacle { get; }

    internal BlobContainer Recordings { get; }

    internal BlobContainer Sounds { get; }

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
