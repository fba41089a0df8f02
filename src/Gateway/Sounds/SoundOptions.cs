using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Gateway.Sounds;

/// <summary>How the tenants' own sounds are held. Section <c>Sounds</c>.</summary>
public sealed class SoundOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sounds";

    /// <summary>
    /// How many MiB of sounds are held, each once for all calls; what was not played for longest goes first. Default 256: music of five minutes takes
    /// 4.6. 16 to 65536.
    /// </summary>
    [Range(16, 65536)]
    public int MemoryMegabytes { get; set; } = 256;

    /// <summary>How long a party waits for a sound from storage before it hears the default. Default 3 s; 100 ms to 30 s.</summary>
    [DurationRange("00:00:00.1", "00:00:30")]
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>After this a sound that storage did not give is asked for again. Default 30 s; a second to an hour.</summary>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(30);
}
