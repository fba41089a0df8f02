using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Gateway.Overload;

/// <summary>When new work is refused so that work under way gets done. Section <c>Gateway:Overload</c>.</summary>
public sealed class OverloadOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway:Overload";

    /// <summary>
    /// How long a message may wait before it is handled, for seconds on end, until new INVITEs and REGISTERs are refused. Default 100 ms: a fifth
    /// of T1 (RFC 3261 §17.1.1.1), so that phones do not begin to repeat themselves. Lower refuses sooner, higher lets calls wait longer.
    /// </summary>
    [DurationRange("00:00:00.010", "00:00:10")]
    public TimeSpan TargetDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The share of the CPU time this process may have (its cores, or its control group's quota) above which one second of too long a wait is
    /// enough; below, it takes three. Default 0.8.
    /// </summary>
    [Range(0.1, 1.0)]
    public double CpuLimit { get; set; } = 0.8;

    /// <summary>New requests a second that are never refused, so that a machine that stumbles for a moment turns nobody away. Default 50.</summary>
    [Range(1, 100_000)]
    public int AlwaysAdmitted { get; set; } = 50;

    /// <summary>The least and, with its double, the most of Retry-After in a refusal, spread so that not all come back at once. Default 10 s.</summary>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The share of signalling's time that refusing REGISTERs may take, roughly. Beyond it the system drops some of those without credentials that come by UDP before
    /// they are received, and their phones repeat them; nothing else ever is. 1: every refusal is answered. Default 0.05; 64-bit Linux only.
    /// </summary>
    [Range(0.01, 1.0)]
    public double RefusalShare { get; set; } = 0.05;
}
