using System.ComponentModel.DataAnnotations;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>Where calls are recorded to before storage has them. Section <c>Recording</c>.</summary>
public sealed class RecordingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Recording";

    /// <summary>The folder on this machine's disk, of this node alone. Empty, the default: <c>recordings</c> in the data folder.</summary>
    public string SpoolFolder { get; set; } = "";

    /// <summary>With less than so many MiB left on that disk recordings end and none begins, so that all else has room. Default 512; 0 for no check.</summary>
    [Range(0, 1 << 30)]
    public int MinFreeMegabytes { get; set; } = 512;

    /// <summary>How many recordings travel to storage at a time. Default 4; 1 to 64.</summary>
    [Range(1, 64)]
    public int Uploads { get; set; } = 4;

    /// <summary>How long an upload that failed waits for the next attempt. Default 5 s; a second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(5);
}
