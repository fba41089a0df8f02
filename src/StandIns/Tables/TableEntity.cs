#nullable disable

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

/// <summary>An entity whose columns are the entries of a dictionary.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The official name.")]
public sealed partial class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> _columns;

    public TableEntity() => _columns = [];

    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public TableEntity(IDictionary<string, object> values) => _columns = values is null ? [] : new(values);

    public string PartitionKey
    {
        get => GetString(ColumnNames.PartitionKey);
        set => _columns[ColumnNames.PartitionKey] = value;
    }

    public string RowKey
    {
        get => GetString(ColumnNames.RowKey);
        set => _columns[ColumnNames.RowKey] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => Get<DateTimeOffset?>(ColumnNames.Timestamp);
        set => _columns[ColumnNames.Timestamp] = value;
    }

    public ETag ETag
    {
        get => new(GetString(ColumnNames.ETag));
        set => _columns[ColumnNames.ETag] = value.ToString();
    }

    public int Count => _columns.Count;

    public ICollection<string> Keys => _columns.Keys;

    ICollection<object> IDictionary<string, object>.Values => _columns.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>A column's value, or null when there is none; a value set must fit the type of the one it replaces.</summary>
    public object this[string key]
    {
        get => Get<object>(key);
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            var old = _columns.GetValueOrDefault(key);
            _columns[key] = value is null || old is null ? value : Coerce(old, value);
        }
    }

    public void Add(string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _columns.Add(key, value);
    }

    public void Clear() => _columns.Clear();

    public bool ContainsKey(string key) => _columns.ContainsKey(key);

    public bool Remove(string key) => _columns.Remove(key);

    public bool TryGetValue(string key, out object value) => _columns.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_columns).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_columns).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_columns).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() =>
        _columns.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _columns.GetEnumerator();

    private static object Coerce(object old, object value) => (old, value) switch
    {
        _ when old.GetType().IsInstanceOfType(value) => value,
        (int, long or double) => value,
        (double, int number) => (double)number,
        (long, int number) => (long)number,
        _ => throw new InvalidOperationException(
            $"A column that holds {old.GetType()} cannot be set to a value of {value.GetType()}."),
    };
}
