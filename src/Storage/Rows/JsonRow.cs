namespace TekSipCloud.Storage.Rows;

/// <summary>A row to be written whose JSON fits in the first of <see cref="JsonColumns"/>.</summary>
internal sealed class JsonRow(string partition, string key, BinaryData json) : KeyRow(partition, key)
{
    /// <summary>The column, by its name.</summary>
    public BinaryData J0 { get; set; } = json;
}
