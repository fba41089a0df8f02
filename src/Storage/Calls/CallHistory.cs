using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>CDRs: each is stored under its day and once more under each of its two numbers.</summary>
public sealed class CallHistory(StorageTables tables, ILogger<CallHistory> logger) : ICallHistory
{
    private readonly GroupCommit _writes = new(tables.Calls, logger);

    /// <summary>Writes or replaces a CDR; ends when it is durable.</summary>
    /// <exception cref="ArgumentException">The call's id is no UUIDv7.</exception>
    public async Task Write(CallRecord record)
    {
        var call = record.Call;
        var start = CallKeys.FindStart(call.Id)
            ?? throw new ArgumentException($"The call id {call.Id:N} is no UUIDv7.", nameof(record));

        // The day's row comes first: it is the one that says that the call is in the books.
        await _writes.Put(ToRow(CallKeys.DayPartition(call.Tenant, start), record, start));

        var numbers = new[] { call.Caller.Number, call.Callee.Number }.Where(number => number.Length > 0);
        var partitions = numbers.Select(number => CallKeys.NumberPartition(call.Tenant, number)).Distinct();
        await Task.WhenAll(partitions.Select(partition => _writes.Put(ToRow(partition, record, start))));
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

        var partitions = query.Number is { } number
            ? TableClient.CreateQueryFilter($"PartitionKey eq {CallKeys.NumberPartition(tenant, number)}")
            : DaysFilter(tenant, query, cursorStart);
        var rows = await tables.Calls.ReadPage(partitions + TimesFilter(query, page.Cursor), page.Limit, cancel);
        return new([.. rows.Items.Select(JsonColumns.Read<CallRecord>)], rows.IsLast ? null : rows.Items[^1].RowKey);
    }

    // The days are neighbouring partitions, latest first: storage walks them by itself and skips those without a call.
    private static string DaysFilter(TenantId tenant, CallQuery query, long? cursorStart)
    {
        var latest = cursorStart ?? query.To?.ToUnixTimeMilliseconds();
        var first = latest is { } to ? CallKeys.DayPartition(tenant, to) : $"{tenant}|";
        return query.From is { } from
            ? TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey le {CallKeys.DayPartition(tenant, from.ToUnixTimeMilliseconds())}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {CallKeys.AfterDays(tenant)}");
    }

    private static string TimesFilter(CallQuery query, string? cursor)
    {
        var after = cursor is null ? "" : " and " + TableClient.CreateQueryFilter($"RowKey gt {cursor}");
        var to = query.To is { } end ? " and " + TableClient.CreateQueryFilter($"RowKey ge {CallKeys.FirstBefore(end)}") : "";
        var from = query.From is { } begin ? " and " + TableClient.CreateQueryFilter($"RowKey lt {CallKeys.EndOfSince(begin)}") : "";
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

    private static TableEntity ToRow(string partition, CallRecord record, long start)
    {
        var row = new TableEntity(partition, CallKeys.Row(record.Call.Id, start));
        JsonColumns.Write(row, record);
        return row;
    }
}
