using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Sounds;

/// <summary>The notes, a row each, by their time; mostly there is none.</summary>
public sealed class SoundNotes(StorageTables tables, TimeProvider clock) : ISoundNotes
{
    private const string Tenant = nameof(Tenant);

    /// <inheritdoc/>
    public async Task<Guid> Begin(TenantId tenant, CancellationToken cancel)
    {
        var note = Guid.CreateVersion7(clock.GetUtcNow());
        await tables.Config.AddEntityAsync(new TableEntity(ConfigKeys.SoundPartition, KeyOf(note)) { [Tenant] = tenant.Value }, cancel);
        return note;
    }

    /// <inheritdoc/>
    public Task End(Guid note, CancellationToken cancel) =>
        tables.Config.DeleteEntityAsync(ConfigKeys.SoundPartition, KeyOf(note), cancellationToken: cancel);

    /// <summary>Every note that is older than a moment, and whose it is.</summary>
    public async IAsyncEnumerable<(Guid Note, TenantId Tenant)> ListOlder(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The hexadecimal digits of a UUIDv7 begin with its time (RFC 9562 §5.7).
        var end = moment.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        var older = TableClient.CreateQueryFilter($"PartitionKey eq {ConfigKeys.SoundPartition} and RowKey lt {end}");
        await foreach (var row in tables.Config.QueryAsync<TableEntity>(older, cancellationToken: cancel))
            yield return (Guid.ParseExact(row.RowKey, "N"), new TenantId(row.GetString(Tenant)));
    }

    private static string KeyOf(Guid note) => note.ToString("N");
}
