namespace Azure.Data.Tables;

/// <summary>Names with a meaning of their own in an entity's JSON.</summary>
internal static class ColumnNames
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "odata.etag";
    public const string TypeSuffix = "@odata.type";

    /// <summary>Whether the name is the service's own, so never one of the 252 custom columns.</summary>
    public static bool IsSystem(string name) => name is PartitionKey or RowKey or Timestamp or ETag;
}
