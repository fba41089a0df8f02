namespace TekSipCloud.Contracts.Calls;

/// <summary>What became of one call since it was last reported.</summary>
/// <param name="Call">The call in its latest state.</param>
/// <param name="End">Its CDR; null while it is in progress.</param>
/// <param name="MayHaveRow">Whether an earlier report may have written an open-call row, so that the end must remove it.</param>
[GenerateSerializer, Immutable, Alias("call-report")]
public sealed record CallReport(
    [property: Id(0)] CallSummary Call,
    [property: Id(1)] CallRecord? End,
    [property: Id(2)] bool MayHaveRow)
{
    [NonSerialized]
    private EncodedRecord? _encoded;

    /// <summary>The CDR as JSON when that is known in this process; it doesn't travel.</summary>
    /// <remarks>Thread-safe: what is read is null or whole.</remarks>
    public EncodedRecord? Encoded
    {
        get => Volatile.Read(ref _encoded) is { } encoded && ReferenceEquals(encoded.Record, End) ? encoded : null;
        set => Volatile.Write(ref _encoded, value);
    }
}
