using System.Collections.Immutable;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>CDRs: each is stored under its day, with a row under each of its two numbers that only leads there.</summary>
public sealed class CallHistory(StorageTables tables, ILogger<CallHistory> logger) : ICallHistory
{
    /// <summary>CDRs of a number that are read at a time.</summary>
    private const int MaxReads = 16;

    private readonly TableWrites _writes = new(tables.Calls, logger);

    /// <summary>Writes or replaces CDRs, each of another call; ends when they are durable.</summary>
    /// <exception cref="ArgumentException">A call's id is no UUIDv7.</exception>
    public async Task Write(IEnumerable<CallRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var rows = new CallRows();
        foreach (var record in records)
            rows.Add(record);
        await _writes.Put(rows.Rows);
    }

    /// <summary>Writes or replaces the CDRs of calls, each another one, all over; ends when they are durable.</summary>
    /// <exception cref="ArgumentException">A call's id is no UUIDv7.</exception>
    public async Task Write(IEnumerable<CallReport> ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        using var rows = new CallRows();
        foreach (var report in ended)
            rows.Add(report.End!, report.Encoded);
        await _writes.Put(rows.Rows);
    }

    /// <inheritdoc/>
    public async Task<CallRecord?> Find(TenantId tenant, Guid call, CancellationToken cancel) =>
        CallKeys.FindStart(call) is { } start ? await Find(tenant, start, CallKeys.Row(call, start), cancel) : null;

    /// <inheritdoc/>
    public async Task<Page<CallRecord>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel)
    {
        if (!TryReadCursor(page.Cursor, out var cursorStart))
            return new([], null);

        var prefix = query.Number is { } number ? CallKeys.NumberPrefix(number) : "";
        var filter = prefix.Length > 0
            ? new KeyRange(CallKeys.NumbersPartition(tenant), prefix).Filter
            : DaysFilter(tenant, query, cursorStart);
        var rows = await tables.Calls.ReadPage(filter + CallKeys.TimesFilter(prefix, query, page.Cursor), page.Limit, cancel);
        var keys = rows.Items.Select(row => row.RowKey[prefix.Length..]).ToArray();
        var records = prefix.Length > 0
            ? await Find(tenant, keys, cancel)
            : rows.Items.Select(JsonColumns.Read<CallRecord>).ToImmutableArray();
        return new(records, rows.IsLast ? null : keys[^1]);
    }

    private async Task<ImmutableArray<CallRecord>> Find(TenantId tenant, string[] keys, CancellationToken cancel)
    {
        var found = new CallRecord?[keys.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxReads, CancellationToken = cancel };
        await Parallel.ForAsync(0, keys.Length, options, async (i, stop) =>
        {
            if (TryReadStart(keys[i], out var start))
                found[i] = await Find(tenant, start, keys[i], stop);
        });

        // Both rows of a call that has ended this moment need not be there yet.
        return [.. found.OfType<CallRecord>()];
    }

    private async Task<CallRecord?> Find(TenantId tenant, long start, string key, CancellationToken cancel)
    {
        var found = await tables.Calls.GetEntityIfExistsAsync<TableEntity>(CallKeys.DayPartition(tenant, start), key, cancellationToken: cancel);
        return found.HasValue ? JsonColumns.Read<CallRecord>(found.Value!) : null;
    }

    // The days are neighbouring partitions, latest first: storage walks them by itself and skips those without a call.
    private static string DaysFilter(TenantId tenant, CallQuery query, long? cursorStart)
    {
        var latest = cursorStart ?? query.To?.ToUnixTimeMilliseconds();
        var first = latest is { } to ? CallKeys.DayPartition(tenant, to) : $"{tenant}|";
        return query.From is { } from
            ? TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey le {CallKeys.DayPartition(tenant, from.ToUnixTimeMilliseconds())}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {CallKeys.NumbersPartition(tenant)}");
    }

    private static bool TryReadStart(string key, out long start)
    {
        start = 0;
        return key.Length >= 15 && InvertedTime.TryReadMilliseconds(key.AsSpan(0, 15), out start);
    }

    private static bool TryReadCursor(string? cursor, out long? start)
    {
        start = null;
        if (cursor is null)
            return true;

        if (!KeyRange.CanBeKey(cursor) || !TryReadStart(cursor, out var read))
            return false;

        start = read;
        return true;
    }
}
