using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>A row to be replaced, or deleted, by its only owner.</summary>
internal sealed class RowWrite(TableEntity row, bool isDelete)
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TableEntity Row => row;

    public bool IsDelete => isDelete;

    public int Bytes { get; } = JsonColumns.CountBytes(row);

    /// <summary>Ends when storage has it.</summary>
    public Task Durable => _durable.Task;

    public TableTransactionAction Action =>
        new(isDelete ? TableTransactionActionType.Delete : TableTransactionActionType.UpsertReplace, row, Azure.ETag.All);

    public void Succeed() => _durable.TrySetResult();

    public void Fail(Exception fault) => _durable.TrySetException(fault);
}
