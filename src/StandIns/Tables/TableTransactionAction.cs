#nullable disable

namespace Azure.Data.Tables;

/// <summary>One write of a transaction.</summary>
public class TableTransactionAction
{
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default) { }

    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        TableLimits.CheckKeysAreSet(entity);

        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    public TableTransactionActionType ActionType { get; }

    public ITableEntity Entity { get; }

    /// <summary>The version expected; default means any version (and, for an update, that the entity may be missing).</summary>
    public ETag ETag { get; }
}
