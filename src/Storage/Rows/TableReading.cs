using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>Reads and empties parts of a table.</summary>
internal static class TableReading
{
    private const int MaxPage = 1000;

    /// <summary>The first rows of a query, up to a limit.</summary>
    public static async Task<RowPage> ReadPage(this TableClient table, string filter, int limit, CancellationToken cancel)
    {
        var wanted = Math.Clamp(limit, 1, MaxPage);
        var items = new List<TableEntity>(wanted);
        var rows = table.QueryAsync<TableEntity>(filter, maxPerPage: Math.Min(wanted + 1, MaxPage), cancellationToken: cancel);

        await foreach (var row in rows)
        {
            if (items.Count == wanted)
                return new(items, IsLast: false);

            items.Add(row);
        }

        return new(items, IsLast: true);
    }

    /// <summary>Deletes every row that a filter selects, a hundred of a partition at a time.</summary>
    public static async Task DeleteRows(this TableClient table, string filter, CancellationToken cancel)
    {
        var batch = new List<TableTransactionAction>(ConfigTransaction.MaxRows);
        var rows = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancel);

        await foreach (var row in rows)
        {
            if (batch.Count == ConfigTransaction.MaxRows || (batch is [var first, ..] && first.Entity.PartitionKey != row.PartitionKey))
                await DeleteBatch(table, batch, cancel);

            batch.Add(new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), Azure.ETag.All));
        }

        if (batch.Count > 0)
            await DeleteBatch(table, batch, cancel);
    }

    private static async Task DeleteBatch(TableClient table, List<TableTransactionAction> batch, CancellationToken cancel)
    {
        await table.SubmitTransactionAsync(batch, cancel);
        batch.Clear();
    }
}
