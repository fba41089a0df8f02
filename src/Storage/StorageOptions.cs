using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Storage;

/// <summary>Where everything is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The storage account. Default: the well-known Azurite account on this machine.</summary>
    [Required]
    public string ConnectionString { get; set; } = "UseDevelopmentStorage=true";

    /// <summary>
    /// Put before every table's name, so that several systems can share an account: up to 20 letters. Default empty.
    /// </summary>
    [RegularExpression("^([A-Za-z][A-Za-z0-9]{0,19})?$")]
    public string TablePrefix { get; set; } = "";

    /// <summary>
    /// How long a request to the blob service may take, and all attempts together at what a person waits for; a recording or a sound travels in pieces, each a
    /// request of its own. Default 20 s; a second to ten minutes.
    /// </summary>
    [DurationRange("00:00:01", "00:10:00")]
    public TimeSpan BlobTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The folder of this machine's own files; <c>keys/cluster.key</c> is below it. Default <c>.data</c>.
    /// </summary>
    [Required]
    public string DataFolder { get; set; } = ".data";
}
