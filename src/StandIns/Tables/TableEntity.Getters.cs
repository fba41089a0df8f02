#nullable disable

namespace Azure.Data.Tables;

/// <summary>Typed reads: null when the column is missing, InvalidOperationException when it holds another type.</summary>
public sealed partial class TableEntity
{
    public string GetString(string key) => Get<string>(key);

    public byte[] GetBinary(string key) => Get<byte[]>(key);

    public BinaryData GetBinaryData(string key) => Get<BinaryData>(key);

    public bool? GetBoolean(string key) => Get<bool?>(key);

    public DateTime? GetDateTime(string key) => Get<DateTime?>(key);

    public DateTimeOffset? GetDateTimeOffset(string key) => Get<DateTimeOffset?>(key);

    public double? GetDouble(string key) => Get<double?>(key);

    public Guid? GetGuid(string key) => Get<Guid?>(key);

    public int? GetInt32(string key) => Get<int?>(key);

    public long? GetInt64(string key) => Get<long?>(key);

    private T Get<T>(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!_columns.TryGetValue(key, out var value) || value is null)
            return default;

        return Convert(value, typeof(T)) is T typed
            ? typed
            : throw new InvalidOperationException($"Column '{key}' holds {value.GetType()}, not {typeof(T)}.");
    }

    private static object Convert(object value, Type type) => value switch
    {
        DateTimeOffset moment when type == typeof(DateTime?) => moment.UtcDateTime,
        DateTime moment when type == typeof(DateTimeOffset?) => new DateTimeOffset(moment),
        byte[] bytes when type == typeof(BinaryData) => BinaryData.FromBytes(bytes),
        BinaryData binary when type == typeof(byte[]) => binary.ToArray(),
        _ => value,
    };
}
