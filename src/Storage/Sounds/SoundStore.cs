using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Storage.Sounds;

/// <summary>The tenants' own sounds: a blob each, whose name is of ids alone.</summary>
public sealed class SoundStore(StorageBlobs blobs) : ISounds
{
    private const string Extension = ".wav";

    private readonly BlobContainer _container = blobs.Sounds;

    /// <inheritdoc/>
    public string? Obstacle => blobs.Obstacle;

    /// <inheritdoc/>
    public Task Keep(TenantId tenant, Guid id, ReadOnlyMemory<byte> file, CancellationToken cancel) =>
        blobs.InTime(late => Upload(Blob(tenant, id), file, late), cancel);

    /// <inheritdoc/>
    public async Task<Stream?> Open(TenantId tenant, Guid id, CancellationToken cancel)
    {
        try
        {
            return await blobs.InTime(late => Blob(tenant, id).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), late), cancel);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task Delete(TenantId tenant, Guid id, CancellationToken cancel) =>
        blobs.InTime(late => Blob(tenant, id).DeleteIfExistsAsync(cancellationToken: late), cancel);

    /// <summary>The ids of every audio that is stored of a tenant.</summary>
    public async IAsyncEnumerable<Guid> List(TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        await _container.Prepare(cancel);
        var prefix = PrefixOf(tenant);
        await foreach (var blob in _container.Client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancel))
        {
            if (Guid.TryParseExact(blob.Name[prefix.Length..].Replace(Extension, "", StringComparison.Ordinal), "N", out var id))
                yield return id;
        }
    }

    /// <summary>Removes all of a tenant's.</summary>
    public Task Erase(TenantId tenant) => _container.DeleteAll(PrefixOf(tenant));

    private async Task<bool> Upload(BlobClient blob, ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        var headers = new BlobHttpHeaders { ContentType = "audio/wav" };
        var options = new BlobUploadOptions { HttpHeaders = headers, TransferOptions = StorageBlobs.Transfer };
        await _container.Fill(() => blob.UploadAsync(stream, options, cancel), cancel);
        return true;
    }

    private BlobClient Blob(TenantId tenant, Guid id) => _container.Client.GetBlobClient($"{PrefixOf(tenant)}{id:N}{Extension}");

    private static string PrefixOf(TenantId tenant) => $"{tenant}/";
}
