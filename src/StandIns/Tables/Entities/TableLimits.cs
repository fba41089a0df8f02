using System.Buffers;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>
/// What the service refuses, refused here before anything is sent, with the service's own status and code, so that an emulator
/// that is more lenient does not hide it.
/// </summary>
internal static class TableLimits
{
    public const int MaxEntityBytes = 1024 * 1024;
    public const int MaxPropertyBytes = 64 * 1024;
    public const int MaxKeyBytes = 1024;
    public const int MaxCustomProperties = 252;
    public const int MaxNameLength = 255;
    public const int MaxTransactionActions = 100;
    public const int MaxTransactionBytes = 4 * 1024 * 1024;
    public const int MaxPageSize = 1000;

    // U+0000 to U+001F, U+007F to U+009F.
    private static readonly SearchValues<char> NotInKeys = SearchValues.Create(
        "/\\#?" + string.Concat(Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)));

    private static readonly DateTimeOffset EarliestMoment = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void CheckKeysAreSet(ITableEntity entity)
    {
        if (entity.PartitionKey is null || entity.RowKey is null)
            throw new ArgumentNullException(nameof(entity), "An entity needs a partition key and a row key.");
    }

    public static void CheckKeys(string partitionKey, string rowKey)
    {
        CheckPartitionKey(partitionKey);
        CheckRowKey(rowKey);
    }

    public static void CheckPartitionKey(string key) => CheckKey(key, ColumnNames.PartitionKey);

    public static void CheckRowKey(string key) => CheckKey(key, ColumnNames.RowKey);

    public static void CheckName(string name)
    {
        if (name.Length > MaxNameLength)
            throw Refuse(TableErrorCode.PropertyNameTooLong, $"A property name has {name.Length} characters; at most {MaxNameLength} are allowed.");

        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !IsIdentifier(name))
            throw Refuse(TableErrorCode.PropertyNameInvalid, $"The property name '{name}' is not an identifier.");
    }

    public static void CheckCount(int customProperties)
    {
        if (customProperties > MaxCustomProperties)
            throw Refuse(TableErrorCode.TooManyProperties, $"An entity has at most {MaxCustomProperties} custom properties.");
    }

    public static void CheckValue(string name, long bytes)
    {
        if (bytes > MaxPropertyBytes)
            throw Refuse(TableErrorCode.PropertyValueTooLarge, $"Property '{name}' takes {bytes} bytes; at most {MaxPropertyBytes} are allowed.");
    }

    public static void CheckMoment(string name, DateTimeOffset moment)
    {
        if (moment < EarliestMoment)
            throw Refuse(TableErrorCode.OutOfRangeInput, $"Property '{name}' is before {EarliestMoment:yyyy-MM-dd}, the earliest moment stored.");
    }

    public static void CheckEntity(long bytes)
    {
        if (bytes > MaxEntityBytes)
            throw Refuse(TableErrorCode.EntityTooLarge, $"The entity takes {bytes} bytes; at most {MaxEntityBytes} are allowed.");
    }

    public static void CheckPageSize(int? size)
    {
        if (size is < 1 or > MaxPageSize)
            throw Refuse(TableErrorCode.InvalidInput, $"A page has 1 to {MaxPageSize} entities, not {size}.");
    }

    public static RequestFailedException Refuse(TableErrorCode code, string message) =>
        new(400, message, code.ToString(), innerException: null);

    private static bool IsIdentifier(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter != '_')
                return false;
        }

        return true;
    }

    private static void CheckKey(string key, string name)
    {
        if (key.Length * sizeof(char) > MaxKeyBytes)
            throw Refuse(TableErrorCode.KeyValueTooLarge, $"The {name} has {key.Length} characters; at most {MaxKeyBytes / sizeof(char)} are allowed.");

        if (key.AsSpan().ContainsAny(NotInKeys))
            throw Refuse(TableErrorCode.OutOfRangeInput, $"The {name} has a character that keys may not have: / \\ # ? or a control character.");
    }
}
