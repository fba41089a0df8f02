using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.Storage.Rows;

/// <summary>
/// Gathers the writes of one partition into transactions: what arrives while one is on its way goes with the next, so a
/// lone write waits for nothing and a flood of them shares round trips. Writes of one row keep their order.
/// </summary>
internal sealed partial class GroupCommit(TableClient table, ILogger logger)
{
    private const int MaxRows = 100;

    // 4 MiB is the limit of a request, in which binary columns are longer by a third.
    private const int MaxBytes = 2_500_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<RowWrite>> _waiting = [];

    /// <summary>Replaces a row; ends when it is durable.</summary>
    public Task Put(TableEntity row) => Write(new RowWrite(row, isDelete: false));

    /// <summary>Deletes a row, which need not exist; ends when that is durable.</summary>
    public Task Delete(string partition, string key) =>
        Write(new RowWrite(new TableEntity(partition, key), isDelete: true));

    private Task Write(RowWrite write)
    {
        var partition = write.Row.PartitionKey;
        Queue<RowWrite>? queue;
        lock (_lock)
        {
            if (_waiting.TryGetValue(partition, out queue))
            {
                queue.Enqueue(write);
                return write.Durable;
            }

            _waiting[partition] = queue = new Queue<RowWrite>([write]);
        }

        // On the thread pool: the caller may be a grain, whose turn this must not wait for.
        _ = Task.Run(() => Drain(partition, queue));
        return write.Durable;
    }

    private async Task Drain(string partition, Queue<RowWrite> queue)
    {
        while (TakeBatch(partition, queue) is { Count: > 0 } batch)
        {
            try
            {
                await Commit(batch);
            }
            catch (Exception fault)
            {
                batch.ForEach(write => write.Fail(fault));
            }
        }
    }

    private List<RowWrite> TakeBatch(string partition, Queue<RowWrite> queue)
    {
        var batch = new List<RowWrite>();
        var keys = new HashSet<string>();
        var bytes = 0;
        lock (_lock)
        {
            while (batch.Count < MaxRows && queue.TryPeek(out var next) && keys.Add(next.Row.RowKey)
                && (batch.Count == 0 || bytes + next.Bytes <= MaxBytes))
            {
                bytes += next.Bytes;
                batch.Add(queue.Dequeue());
            }

            if (batch.Count == 0)
                _waiting.Remove(partition);
        }

        return batch;
    }

    private async Task Commit(List<RowWrite> batch)
    {
        if (batch is [var only])
        {
            await CommitAlone(only);
            return;
        }

        try
        {
            await table.SubmitTransactionAsync(batch.Select(write => write.Action));
            batch.ForEach(write => write.Succeed());
        }
        catch (RequestFailedException fault) when (fault.Status is >= 400 and < 500)
        {
            // One bad row (too large, already gone) must not fail its ninety-nine neighbours.
            LogSplit(table.Name, batch.Count, fault.Status, fault.ErrorCode);
            foreach (var write in batch)
                await CommitAlone(write);
        }
    }

    private async Task CommitAlone(RowWrite write)
    {
        try
        {
            if (write.IsDelete)
                await table.DeleteEntityAsync(write.Row.PartitionKey, write.Row.RowKey);
            else
                await table.UpsertEntityAsync(write.Row, TableUpdateMode.Replace);

            write.Succeed();
        }
        catch (RequestFailedException fault)
        {
            write.Fail(fault);
        }
    }

    [LoggerMessage(
        6001, LogLevel.Warning, "{Table}: a transaction of {Count} rows was refused ({Status} {Code}); writing them one by one")]
    private partial void LogSplit(string table, int count, int status, string? code);
}
