#nullable disable

namespace Azure.Data.Tables;

/// <summary>What every entity of a table has; its other columns are the implementing type's public properties.</summary>
public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    /// <summary>When the service last changed the entity; ignored on writes.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version read; ignored on writes, which take the expected version as an argument.</summary>
    ETag ETag { get; set; }
}
