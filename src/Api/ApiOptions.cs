using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Api;

/// <summary>Settings of the HTTP APIs, section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>
    /// The largest request body in octets. Default 1 MiB: the largest real request, a tenant with all its domains, has a few KiB.
    /// Raising it lets a client hold more memory; lowering it refuses big lists of domains.
    /// </summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Wrong passwords that one source may send within <see cref="FailureWindow"/>. Default 20 a minute: a person does not get
    /// there, and a guesser needs years for a six-digit number. Applies to sign-ins, API passwords and API keys each, and to the
    /// public guides, of which each visit counts.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxFailures { get; set; } = 20;

    /// <summary>How long failures are held against a source. Default one minute.</summary>
    [DurationRange("00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Sources remembered at a time; bounds memory (about 150 octets each). Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxFailureSources { get; set; } = 10_000;

    /// <summary>
    /// How long a secret that was right is believed without asking its tenant again, so how long a revoked one may still work on
    /// another node. Default 60 s.
    /// </summary>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan SecretLifetime { get; set; } = TimeSpan.FromSeconds(60);
}
