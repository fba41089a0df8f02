using System.Globalization;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>What makes a list of actions a transaction.</summary>
internal static class TransactionRules
{
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count == 0)
            throw new InvalidOperationException("A transaction has at least one action.");

        if (actions.Count > TableLimits.MaxTransactionActions)
        {
            throw new TableTransactionFailedException(TableLimits.Refuse(
                TableErrorCode.InvalidInput,
                $"A transaction has at most {TableLimits.MaxTransactionActions} actions, not {actions.Count}."));
        }

        var partition = actions[0].Entity.PartitionKey;
        var rows = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
            CheckAction(actions[i].Entity, i, partition, rows);
    }

    /// <summary>The exception of a transaction that was refused for one of its actions.</summary>
    public static TableTransactionFailedException Fail(RequestFailedException refusal, int index)
    {
        refusal.Data[TableTransactionFailedException.FailedIndexKey] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(refusal);
    }

    private static void CheckAction(ITableEntity entity, int index, string partition, HashSet<string> rows)
    {
        var (own, row) = (entity.PartitionKey, entity.RowKey);
        try
        {
            if (index == 0 || own != partition)
                TableLimits.CheckPartitionKey(own);
            TableLimits.CheckRowKey(row);
        }
        catch (RequestFailedException refusal)
        {
            throw Fail(refusal, index);
        }

        if (own != partition)
        {
            throw Fail(TableLimits.Refuse(
                TableErrorCode.CommandsInBatchActOnDifferentPartitions,
                $"Action {index} is on another partition than the first; a transaction has one."), index);
        }

        if (!rows.Add(row))
        {
            throw Fail(TableLimits.Refuse(
                TableErrorCode.InvalidDuplicateRow,
                $"Action {index} is on a row that an earlier action of the transaction is on."), index);
        }
    }
}
