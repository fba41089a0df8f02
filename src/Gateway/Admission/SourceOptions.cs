using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Gateway.Admission;

/// <summary>What one source may cost before and after it has shown who it is. Section <c>Gateway:Sources</c>.</summary>
public sealed class SourceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway:Sources";

    /// <summary>
    /// Answers a second to requests without valid credentials, from one address (IPv6: one /64). Default 200: a scanner's pace is seen off while
    /// an office of hundreds of phones behind one NAT is not noticed. 0 sets no bound.
    /// </summary>
    [Range(0, 1_000_000)]
    public int StrangerRate { get; set; } = 200;

    /// <summary>Of these at once. Default 4,000: the phones of a large office that come back together after a power cut.</summary>
    [Range(1, 10_000_000)]
    public int StrangerBurst { get; set; } = 4_000;

    /// <summary>
    /// The same for one address and port that authenticated within <see cref="TrustLifetime"/>, or is an enabled destination's. Default 2,000.
    /// Each success gives back more than its challenge took, so honest work at any rate is never bounded. 0 sets no bound.
    /// </summary>
    [Range(0, 1_000_000)]
    public int TrustedRate { get; set; } = 2_000;

    /// <summary>Of these at once. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int TrustedBurst { get; set; } = 20_000;

    /// <summary>How long a success is remembered. Default 2 h: twice the usual registration interval.</summary>
    [DurationRange("00:00:01", "7.00:00:00")]
    public TimeSpan TrustLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// Wrong credentials a second from one address (IPv6: one /64), beyond which credentials from there are not looked at. Default 10: no password
    /// worth the name is guessed at that pace, and hundreds of phones with an old password, which try again each minute, stay below it. 0 sets no
    /// bound.
    /// </summary>
    [Range(0, 1_000_000)]
    public int GuessRate { get; set; } = 10;

    /// <summary>Of these at once. Default 300: an office's phones after its passwords were changed.</summary>
    [Range(1, 10_000_000)]
    public int GuessBurst { get; set; } = 300;

    /// <summary>Addresses, and as many address-and-port pairs, that are remembered. Default 131,072: 9 MB in all, taken at start.</summary>
    [Range(1_024, 16_777_216)]
    public int Tracked { get; set; } = 131_072;
}
