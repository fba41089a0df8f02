using Azure;

namespace TekSipCloud.Storage.Rows;

/// <summary>A row of the Config table as it was last read or written.</summary>
/// <param name="key">The row key.</param>
/// <param name="value">What it holds.</param>
/// <param name="stamp">Different after each write, never used twice: what callers get as ETag.</param>
public sealed class ConfigRow<T>(string key, T value, string stamp)
{
    /// <summary>The row key.</summary>
    public string Key => key;

    /// <summary>What it holds.</summary>
    public T Value => value;

    /// <summary>Different after each write.</summary>
    public string Stamp => stamp;

    // Storage's own version: a second activation of the same grain would be noticed by it.
    internal ETag Guard { get; set; }
}
