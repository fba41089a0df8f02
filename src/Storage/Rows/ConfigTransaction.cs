using Azure;
using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>Changes of one partition of the Config table that happen together or not at all.</summary>
public sealed class ConfigTransaction(string partition)
{
    /// <summary>The most rows one transaction can change, audit entries included.</summary>
    public const int MaxRows = 100;

    internal const string StampColumn = "Stamp";

    private readonly List<TableTransactionAction> _actions = [];
    private readonly List<Action<ETag>?> _written = [];

    internal IReadOnlyList<TableTransactionAction> Actions => _actions;

    /// <summary>Adds a row, or replaces the one given as <paramref name="previous"/>.</summary>
    /// <returns>The row as it will be; valid once the transaction is committed.</returns>
    public ConfigRow<T> Put<T>(string key, T value, ConfigRow<T>? previous)
    {
        var row = new ConfigRow<T>(key, value, Guid.NewGuid().ToString("N"));
        var entity = new TableEntity(partition, key) { [StampColumn] = row.Stamp };
        JsonColumns.Write(entity, value);

        _actions.Add(previous is null
            ? new(TableTransactionActionType.Add, entity)
            : new(TableTransactionActionType.UpdateReplace, entity, previous.Guard));
        _written.Add(eTag => row.Guard = eTag);
        return row;
    }

    /// <summary>Removes a row.</summary>
    public void Delete<T>(ConfigRow<T> row)
    {
        _actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, row.Key), row.Guard));
        _written.Add(null);
    }

    /// <summary>Notes who did what.</summary>
    public void Audit(DateTimeOffset at, string action, string subject)
    {
        // The random end keeps two entries of the same tick apart.
        var key = $"{ConfigKeys.Audit}{InvertedTime.OfTicks(at)}{Guid.NewGuid():N}";
        var entity = new TableEntity(partition, key);
        JsonColumns.Write(entity, new AuditEntry(at, action, subject));
        _actions.Add(new(TableTransactionActionType.Add, entity));
        _written.Add(null);
    }

    /// <summary>Whether a row is as the action leaves it. No stamp and no audit key is made twice, so it is nobody else's.</summary>
    internal static bool IsDone(TableTransactionAction action, TableEntity? stored) =>
        action.ActionType == TableTransactionActionType.Delete
            ? stored is null
            : stored is not null && stored.GetString(StampColumn) == ((TableEntity)action.Entity).GetString(StampColumn);

    internal void Committed(IReadOnlyList<ETag> versions)
    {
        for (var i = 0; i < versions.Count; i++)
            _written[i]?.Invoke(versions[i]);
    }
}
