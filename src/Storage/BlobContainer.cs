using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace TekSipCloud.Storage;

/// <summary>One container, which is made when something is to be stored in it.</summary>
/// <param name="open">Opens it; no connection.</param>
internal sealed class BlobContainer(Func<BlobContainerClient> open)
{
    private readonly Lazy<BlobContainerClient> _client = new(open);
    private volatile bool _exists;

    /// <summary>The container, which need not exist yet.</summary>
    public BlobContainerClient Client => _client.Value;

    /// <summary>Makes it where there is none; nobody can read it without credentials.</summary>
    public async Task Prepare(CancellationToken cancel)
    {
        if (_exists)
            return;

        await Client.CreateIfNotExistsAsync(PublicAccessType.None, null, cancel);
        _exists = true;
    }

    /// <summary>Writes into it. Where somebody has removed it since it was last there this fails, and the next attempt makes it again.</summary>
    public async Task Fill(Func<Task> write, CancellationToken cancel)
    {
        await Prepare(cancel);
        try
        {
            await write();
        }
        catch (RequestFailedException gone) when (IsNone(gone))
        {
            _exists = false;
            throw;
        }
    }

    /// <summary>Deletes every blob whose name begins so; none where the container is gone.</summary>
    public async Task DeleteAll(string prefix)
    {
        try
        {
            await foreach (var blob in Client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, CancellationToken.None))
                await Client.GetBlobClient(blob.Name).DeleteIfExistsAsync();
        }
        catch (RequestFailedException gone) when (IsNone(gone))
        {
            // What is not there need not be deleted.
        }
    }

    private static bool IsNone(RequestFailedException failure) => failure.ErrorCode == BlobErrorCode.ContainerNotFound;
}
