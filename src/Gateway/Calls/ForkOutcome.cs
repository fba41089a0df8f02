namespace TekSipCloud.Gateway.Calls;

/// <summary>How ringing a group ended: a winner, or the code that says best why there is none.</summary>
internal readonly record struct ForkOutcome(Candidate? Winner, int Status);
