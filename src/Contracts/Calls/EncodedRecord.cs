namespace TekSipCloud.Contracts.Calls;

/// <summary>A CDR as JSON, kept by the first who needs it so for those of the same process who need it next.</summary>
/// <param name="Record">The CDR.</param>
/// <param name="Json">It as the journal and storage have it: UTF-8, never empty.</param>
public sealed record EncodedRecord(CallRecord Record, ReadOnlyMemory<byte> Json);
