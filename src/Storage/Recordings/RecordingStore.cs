using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Recordings;

/// <summary>Recordings: the audio is a blob, what is known of it a row, and the same row once more under each of its two numbers.</summary>
public sealed class RecordingStore(StorageTables tables, StorageBlobs blobs, ILogger<RecordingStore> logger) : IRecordings
{
    /// <summary>What a listener has in memory of the audio.</summary>
    private const int ReadBytes = 128 * 1024;

    private readonly TableWrites _writes = new(tables.Recordings, logger);

    /// <inheritdoc/>
    public string? Obstacle => blobs.Obstacle;

    /// <inheritdoc/>
    public Task KeepAudio(Recording recording, Stream audio, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var blob = Blob(recording.Tenant, recording.Call, StartOf(recording));
        return blobs.Recordings.Fill(() => Upload(blob, audio, cancel), cancel);
    }

    /// <inheritdoc/>
    public Task DropAudio(Recording recording, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return blobs.InTime(late => DeleteAudio(Blob(recording.Tenant, recording.Call, StartOf(recording)), late), cancel);
    }

    /// <inheritdoc/>
    public Task Enter(IReadOnlyCollection<Recording> recordings) => _writes.Put(recordings.SelectMany(recording => Rows(recording, StartOf(recording))));

    /// <inheritdoc/>
    public async Task<Contracts.Page<Recording>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel)
    {
        if (page.Cursor is not null && !KeyRange.CanBeKey(page.Cursor))
            return new([], null);

        var prefix = query.Number is { } number ? CallKeys.NumberPrefix(number) : "";
        var filter = prefix.Length > 0
            ? new KeyRange(RecordingKeys.NumbersPartition(tenant), prefix).Filter
            : Own(tenant);
        var rows = await tables.Recordings.ReadPage(filter + CallKeys.TimesFilter(prefix, query, page.Cursor), page.Limit, cancel);
        return new(
            [.. rows.Items.Select(JsonColumns.Read<Recording>)],
            rows.IsLast ? null : rows.Items[^1].RowKey[prefix.Length..]);
    }

    /// <inheritdoc/>
    public async Task<Recording?> Find(TenantId tenant, Guid call, CancellationToken cancel)
    {
        if (CallKeys.FindStart(call) is not { } start)
            return null;

        var found = await tables.Recordings.GetEntityIfExistsAsync<TableEntity>(
            tenant.Value, CallKeys.Row(call, start), cancellationToken: cancel);
        return found.HasValue ? JsonColumns.Read<Recording>(found.Value!) : null;
    }

    /// <inheritdoc/>
    public async Task<Stream?> Open(TenantId tenant, Guid call, CancellationToken cancel)
    {
        if (CallKeys.FindStart(call) is not { } start)
            return null;

        try
        {
            var how = new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBytes };
            return await blobs.InTime(late => Blob(tenant, call, start).OpenReadAsync(how, late), cancel);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> Delete(TenantId tenant, Guid call, CancellationToken cancel)
    {
        if (await Find(tenant, call, cancel) is not { } recording || CallKeys.FindStart(call) is not { } start)
            return false;

        // The audio first: as long as it is there, so is the row by which it can be deleted.
        await blobs.InTime(late => DeleteAudio(Blob(tenant, call, start), late), cancel);
        await _writes.Delete(Rows(recording, start));
        return true;
    }

    /// <summary>Whether the tenant has any.</summary>
    public async Task<bool> HasAny(TenantId tenant) =>
        (await tables.Recordings.ReadPage(Own(tenant), 1, CancellationToken.None)).Items.Count > 0;

    /// <summary>Removes all of a tenant's.</summary>
    public async Task Erase(TenantId tenant)
    {
        // Where nothing was recorded there need be no blob service.
        if (!await HasAny(tenant))
            return;

        await blobs.Recordings.DeleteAll(RecordingKeys.BlobPrefix(tenant));
        await tables.Recordings.DeleteRows(
            TableClient.CreateQueryFilter($"PartitionKey eq {RecordingKeys.NumbersPartition(tenant)}"), CancellationToken.None);
        await tables.Recordings.DeleteRows(Own(tenant), CancellationToken.None);
    }

    private static long StartOf(Recording recording) => CallKeys.FindStart(recording.Call)
        ?? throw new ArgumentException($"The call id {recording.Call:N} is no UUIDv7.", nameof(recording));

    private static string Own(TenantId tenant) => TableClient.CreateQueryFilter($"PartitionKey eq {tenant.Value}");

    private BlobClient Blob(TenantId tenant, Guid call, long start) =>
        blobs.Recordings.Client.GetBlobClient(RecordingKeys.Blob(tenant, call, start));

    private async Task<bool> DeleteAudio(BlobClient blob, CancellationToken cancel)
    {
        await blobs.Recordings.Prepare(cancel);
        return await blob.DeleteIfExistsAsync(cancellationToken: cancel);
    }

    private static async Task Upload(BlobClient blob, Stream audio, CancellationToken cancel)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "audio/wav" },
            TransferOptions = StorageBlobs.Transfer,
        };
        try
        {
            await blob.UploadAsync(audio, options, cancel);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412 && exists.ErrorCode != BlobErrorCode.ContainerBeingDeleted)
        {
            // An earlier attempt arrived though its answer did not: a call has one recording.
        }
    }

    private static IEnumerable<ITableEntity> Rows(Recording recording, long start)
    {
        var key = CallKeys.Row(recording.Call, start);
        yield return Row(recording, recording.Tenant.Value, key);
        foreach (var number in new[] { recording.Caller, recording.Callee }.Where(number => number.Length > 0).Distinct(StringComparer.Ordinal))
            yield return Row(recording, RecordingKeys.NumbersPartition(recording.Tenant), CallKeys.NumberPrefix(number) + key);
    }

    private static TableEntity Row(Recording recording, string partition, string key)
    {
        var row = new TableEntity(partition, key);
        JsonColumns.Write(row, recording);
        return row;
    }
}
