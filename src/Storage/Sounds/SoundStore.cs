using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Sounds;

/// <summary>The tenants' own sounds: a blob each, whose name is of ids alone.</summary>
public sealed class SoundStore(StorageBlobs blobs) : ISounds
{
    private readonly BlobContainer _container = blobs.Sounds;

    /// <inheritdoc/>
    public string? Obstacle => blobs.Obstacle;

    /// <inheritdoc/>
    public async Task Keep(TenantId tenant, Guid id, ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        await _container.Prepare(cancel);
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        var headers = new BlobHttpHeaders { ContentType = "audio/wav" };
        await Blob(tenant, id).UploadAsync(stream, new BlobUploadOptions { HttpHeaders = headers }, cancel);
    }

    /// <inheritdoc/>
    public async Task<Stream?> Open(TenantId tenant, Guid id, CancellationToken cancel)
    {
        try
        {
            return await Blob(tenant, id).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancel);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task Delete(TenantId tenant, Guid id, CancellationToken cancel) =>
        await Blob(tenant, id).DeleteIfExistsAsync(cancellationToken: cancel);

    /// <summary>Removes all of a tenant's.</summary>
    public async Task Erase(TenantId tenant)
    {
        await _container.Prepare(CancellationToken.None);
        await _container.DeleteAll(PrefixOf(tenant));
    }

    private BlobClient Blob(TenantId tenant, Guid id) => _container.Client.GetBlobClient($"{PrefixOf(tenant)}{id:N}.wav");

    private static string PrefixOf(TenantId tenant) => $"{tenant}/";
}
