namespace TekSipCloud.Contracts.Calls;

/// <summary>What became of one call since it was last reported.</summary>
/// <param name="Call">The call in its latest state.</param>
/// <param name="End">Its CDR; null while it is in progress.</param>
/// <param name="MayHaveRow">Whether an earlier report may have written an open-call row, so that the end must remove it.</param>
[GenerateSerializer, Immutable, Alias("call-report")]
public sealed record CallReport(
    [property: Id(0)] CallSummary Call,
    [property: Id(1)] CallRecord? End,
    [property: Id(2)] bool MayHaveRow);
