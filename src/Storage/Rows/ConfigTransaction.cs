using Azure;
using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>Changes of one partition of the Config table that happen together or not at all.</summary>
public sealed class ConfigTransaction(string partition)
{
    /// <summary>The most rows one transaction can change, audit entries included.</summary>
    public const int MaxRows = 100;

    private readonly List<TableTransactionAction> _actions = [];
    private readonly List<Action<ETag>?> _written = [];

    internal IReadOnlyList<TableTransactionAction> Actions => _actions;

    /// <summary>Adds a row, or replaces the one given as <paramref name="previous"/>.</summary>
    /// <returns>The row as it will be; valid once the transaction is committed.</returns>
    public ConfigRow<T> Put<T>(string key, T value, ConfigRow<T>? previous)
    {
        var row = new ConfigRow<T>(key, value, Guid.NewGuid().ToString("N"));
        var entity = new TableEntity(partition, key) { ["Stamp"] = row.Stamp };
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

    internal void Committed(IReadOnlyList<Response> responses)
    {
        for (var i = 0; i < responses.Count; i++)
        {
            if (_written[i] is { } written)
                written(responses[i].Headers.ETag.GetValueOrDefault(ETag.All));
        }
    }
}
