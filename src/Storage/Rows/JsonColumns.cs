using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>A value as JSON in the columns J0, J1, … of a row: one column holds at most 64 KiB, a row 1 MiB.</summary>
internal static class JsonColumns
{
    /// <summary>How values are written as JSON.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.General)
    {
        Converters = { new TenantIdConverter(), new MediaEncryptionConverter(), new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    private const int MaxColumnBytes = 60_000;
    private const int MaxColumns = 16;

    private static readonly string[] Names = [.. Enumerable.Range(0, MaxColumns + 1).Select(column => $"J{column}")];

    /// <summary>Adds the value's columns.</summary>
    /// <exception cref="ArgumentException">It does not fit in a row.</exception>
    public static void Write<T>(TableEntity row, T value) => WriteSerialized<T>(row, JsonSerializer.SerializeToUtf8Bytes(value, Format));

    /// <summary>A row of a value that is serialized already, in memory that lasts as long as the row is needed.</summary>
    /// <exception cref="ArgumentException">It does not fit in a row.</exception>
    public static ITableEntity ToRow<T>(string partition, string key, ReadOnlyMemory<byte> json)
    {
        if (json.Length <= MaxColumnBytes)
            return new JsonRow(partition, key, BinaryData.FromBytes(json));

        var row = new TableEntity(partition, key);
        WriteSerialized<T>(row, json);
        return row;
    }

    private static void WriteSerialized<T>(TableEntity row, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxColumns * MaxColumnBytes)
            throw new ArgumentException($"A {typeof(T).Name} of {json.Length} bytes does not fit in a row.", nameof(json));

        for (var column = 0; json.Length > 0; column++)
        {
            var part = json[..Math.Min(json.Length, MaxColumnBytes)];
            row[Name(column)] = BinaryData.FromBytes(part);
            json = json[part.Length..];
        }
    }

    /// <summary>Reads the value back.</summary>
    /// <exception cref="JsonException">The row does not hold one.</exception>
    public static T Read<T>(TableEntity row)
    {
        var first = row.GetBinary(Name(0)) ?? [];
        var json = row.ContainsKey(Name(1)) ? Join(row, first) : first;
        return JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException($"The row {row.RowKey} is empty.");
    }

    /// <summary>The value's size in the row.</summary>
    public static int CountBytes(ITableEntity row) => row switch
    {
        JsonRow { J0: var json } => json.ToMemory().Length,
        TableEntity columns => CountColumns(columns),
        _ => 0,
    };

    private static int CountColumns(TableEntity row)
    {
        var bytes = 0;
        for (var column = 0; row.TryGetValue(Name(column), out var part) && part is BinaryData octets; column++)
            bytes += octets.ToMemory().Length;

        return bytes;
    }

    private static byte[] Join(TableEntity row, byte[] first)
    {
        var all = new List<byte>(first);
        for (var column = 1; row.GetBinary(Name(column)) is { } part; column++)
            all.AddRange(part);

        return [.. all];
    }

    private static string Name(int column) => Names[column];
}
