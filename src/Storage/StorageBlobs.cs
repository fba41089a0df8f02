using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace TekSipCloud.Storage;

/// <summary>The containers of blobs. Nothing is asked of the blob service before there is something to store: all else runs without it.</summary>
public sealed class StorageBlobs
{
    // A minute of a recording, which a line of half a megabit carries within the default time-out.
    private const int PieceBytes = 1024 * 1024;

    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;

    /// <summary>Opens no connection.</summary>
    public StorageBlobs(IOptions<StorageOptions> options, TimeProvider clock)
    {
        (_patience, _clock) = (options.Value.BlobTimeout, clock);
        BlobServiceClient? service = null;
        try
        {
            service = new(options.Value.ConnectionString, ClientOptions(_patience));
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

    /// <summary>In pieces: a service that answers nothing is noticed after one, however long the whole takes by a slow line.</summary>
    internal static StorageTransferOptions Transfer { get; } = new() { InitialTransferSize = PieceBytes, MaximumTransferSize = PieceBytes };

    internal BlobContainer Recordings { get; }

    internal BlobContainer Sounds { get; }

    /// <summary>Does what a person waits for: all attempts together have the time of one.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    internal async Task<T> InTime<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(_patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The blob service does not answer in time.", e);
        }
    }

    /// <summary>Asks the service whether it is there, whatever is in it.</summary>
    /// <exception cref="TimeoutException">It does not answer in time.</exception>
    /// <exception cref="Azure.RequestFailedException">It can't be reached, or does not let us in.</exception>
    public Task Reach() => InTime(late => Recordings.Client.ExistsAsync(late), CancellationToken.None);

    private static BlobClientOptions ClientOptions(TimeSpan timeout)
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = timeout;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }
}
