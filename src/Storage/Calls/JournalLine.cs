using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Storage.Calls;

/// <summary>What a line of the call journal holds: the call in progress, or its CDR, which has the call in it.</summary>
internal sealed record JournalLine(CallSummary? Call, CallRecord? End)
{
    /// <summary>The report; null for a line that holds none.</summary>
    public CallReport? ToReport() => (End?.Call ?? Call) is { } call ? new CallReport(call, End, MayHaveRow: true) : null;
}
