using System.Runtime.InteropServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.Storage.Rows;

/// <summary>Writes many rows of one table at once, in transactions of up to 100 rows of a partition.</summary>
internal sealed partial class TableWrites(TableClient table, ILogger logger)
{
    private const int MaxRows = 100;

    // 4 MiB is the limit of a request, in which binary columns are longer by a third.
    private const int MaxBytes = 2_500_000;

    /// <summary>Transactions under way at a time: enough to hide the way to storage, few enough to leave it to others.</summary>
    private const int MaxTransactions = 4;

    /// <summary>Replaces rows, each another one; ends when they are durable.</summary>
    public Task Put(IEnumerable<ITableEntity> rows) => Submit(TableTransactionActionType.UpsertReplace, rows);

    /// <summary>Deletes rows, which need not exist; ends when that is durable.</summary>
    public Task Delete(IEnumerable<ITableEntity> rows) => Submit(TableTransactionActionType.Delete, rows);

    private Task Submit(TableTransactionActionType type, IEnumerable<ITableEntity> rows)
    {
        var transactions = ToTransactions(type, rows);
        return transactions switch
        {
            [] => Task.CompletedTask,
            [var only] => Submit(only),
            _ => SubmitAll(transactions),
        };
    }

    // Side by side, then the next: what writes and sends one is at hand for the others.
    private async Task SubmitAll(List<List<TableTransactionAction>> transactions)
    {
        foreach (var some in transactions.Chunk(MaxTransactions))
            await Task.WhenAll(some.Select(Submit)).ConfigureAwait(false);
    }

    private static List<List<TableTransactionAction>> ToTransactions(TableTransactionActionType type, IEnumerable<ITableEntity> rows)
    {
        var transactions = new List<List<TableTransactionAction>>();
        var open = new Dictionary<string, (List<TableTransactionAction> Rows, int Bytes)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var bytes = JsonColumns.CountBytes(row);
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(open, row.PartitionKey, out var isOpen);
            if (!isOpen || last.Rows.Count == MaxRows || last.Bytes + bytes > MaxBytes)
            {
                last = (new(MaxRows), 0);
                transactions.Add(last.Rows);
            }

            last.Rows.Add(new(type, row, ETag.All));
            last.Bytes += bytes;
        }

        return transactions;
    }

    private async Task Submit(List<TableTransactionAction> rows)
    {
        if (rows is [var only])
        {
            await SubmitAlone(only);
            return;
        }

        try
        {
            await table.SubmitTransactionAsync(rows);
        }
        catch (RequestFailedException fault) when (IsRefusal(fault))
        {
            // One bad row (too large, already gone) must not fail its ninety-nine neighbours.
            LogSplit(table.Name, rows.Count, fault.Status, fault.ErrorCode);
            foreach (var row in rows)
                await SubmitAlone(row);
        }
    }

    private async Task SubmitAlone(TableTransactionAction action)
    {
        var row = action.Entity;
        try
        {
            if (action.ActionType == TableTransactionActionType.Delete)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
            else
                await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
        }
        catch (RequestFailedException fault) when (IsRefusal(fault))
        {
            // It would be refused for ever; what comes behind it must not wait for that.
            LogRefused(table.Name, row.RowKey, fault);
        }
    }

    /// <summary>Whether storage will never take it as it is, unlike 403 (a wrong key), 408, 429 and a table that is not there.</summary>
    private static bool IsRefusal(RequestFailedException fault) =>
        fault.Status is 400 or 404 or 409 or 412 or 413 && fault.ErrorCode != "TableNotFound";

    [LoggerMessage(
        6002, LogLevel.Warning, "{Table}: a transaction of {Count} rows was refused ({Status} {Code}); writing them one by one")]
    private partial void LogSplit(string table, int count, int status, string? code);

    [LoggerMessage(6003, LogLevel.Error, "{Table}: the row {Row} was refused and is lost")]
    private partial void LogRefused(string table, string row, Exception fault);
}
