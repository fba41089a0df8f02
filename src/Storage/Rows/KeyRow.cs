using Azure;
using Azure.Data.Tables;

namespace TekSipCloud.Storage.Rows;

/// <summary>A row to be written or deleted that is nothing but its key: of those there are thousands a second.</summary>
internal class KeyRow(string partition, string key) : ITableEntity
{
    public string PartitionKey { get; set; } = partition;

    public string RowKey { get; set; } = key;

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }
}
