using System.Collections.Immutable;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Resolution;

/// <summary>The servers of a next hop.</summary>
/// <param name="Targets">In the order in which they are tried; at most <see cref="MaxTargets"/>.</param>
/// <param name="Obstacle">Why there are none, in a sentence for people; empty when there are some.</param>
public sealed record SipResolution(ImmutableArray<SipTarget> Targets, string Obstacle = "")
{
    /// <summary>No domain has as many; more are left out, so that no zone makes us try for ever.</summary>
    public const int MaxTargets = 16;

    /// <summary>No server is found.</summary>
    /// <param name="obstacle">Why, in a sentence for people.</param>
    public static SipResolution Nothing(string obstacle) => new([], obstacle);
}
