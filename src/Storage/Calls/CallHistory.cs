using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>CDRs: each is stored whole under its day, and without decisions under each of its two numbers.</summary>
public sealed class CallHistory(StorageTables tables, ILogger<CallHistory> logger) : ICallHistory
{
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

    /// <inheritdoc/>
    public async Task<CallRecord?> Find(TenantId tenant, Guid call, CancellationToken cancel)
    {
        if (CallKeys.FindStart(call) is not { } start)
            return null;

        var found = await tables.Calls.GetEntityIfExistsAsync<TableEntity>(
            CallKeys.DayPartition(tenant, start), CallKeys.Row(call, start), cancellationToken: cancel);
        return found.HasValue ? JsonColumns.Read<CallRecord>(found.Value!) : null;
    }

    /// <inheritdoc/>
    public async Task<Page<CallRecord>> List(TenantId tenant, CallQuery query, PageRequest page, CancellationToken cancel)
    {
        if (!TryReadCursor(page.Cursor, out var cursorStart))
            return new([], null);

        var prefix = query.Number is { } number ? CallKeys.NumberPrefix(number) : "";
        var filter = prefix.Length > 0
            ? new KeyRange(CallKeys.NumbersPartition(tenant), prefix).Filter
            : DaysFilter(tenant, query, cursorStart);
        var rows = await tables.Calls.ReadPage(filter + TimesFilter(prefix, query, page.Cursor), page.Limit, cancel);
        return new([.. rows.Items.Select(JsonColumns.Read<CallRecord>)], rows.IsLast ? null : rows.Items[^1].RowKey[prefix.Length..]);
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

    // Within a day's partition keys begin with the inverted time, within the numbers' with the number.
    private static string TimesFilter(string prefix, CallQuery query, string? cursor)
    {
        var after = cursor is null ? "" : " and " + TableClient.CreateQueryFilter($"RowKey gt {prefix + cursor}");
        var to = query.To is { } end ? " and " + TableClient.CreateQueryFilter($"RowKey ge {prefix + CallKeys.FirstBefore(end)}") : "";
        var from = query.From is { } begin
            ? " and " + TableClient.CreateQueryFilter($"RowKey lt {prefix + CallKeys.EndOfSince(begin)}")
            : "";
        return after + to + from;
    }

    private static bool TryReadCursor(string? cursor, out long? start)
    {
        start = null;
        if (cursor is null)
            return true;

        if (!KeyRange.CanBeKey(cursor) || cursor.Length < 15 || !InvertedTime.TryReadMilliseconds(cursor.AsSpan(0, 15), out var read))
            return false;

        start = read;
        return true;
    }
}
