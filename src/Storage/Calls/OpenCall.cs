using TekSipCloud.Contracts.Calls;

namespace TekSipCloud.Storage.Calls;

/// <summary>A call in progress as stored.</summary>
/// <param name="Call">Its latest state.</param>
/// <param name="Updated">When that was written.</param>
public sealed record OpenCall(CallSummary Call, DateTimeOffset Updated);
