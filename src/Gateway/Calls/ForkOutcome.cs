using System.Collections.Immutable;

namespace TekSipCloud.Gateway.Calls;

/// <summary>How ringing a group ended: a winner, or the code that says best why there is none.</summary>
internal readonly record struct ForkOutcome(Candidate? Winner, int Status)
{
    /// <summary>With a 3xx: where to go instead, best first; default for every other outcome.</summary>
    public ImmutableArray<RedirectContact> Contacts { get; init; }
}
