namespace TekSipCloud.Api.Calls;

/// <summary>Calls per hour.</summary>
/// <param name="Buckets">One an hour, oldest first, without gaps.</param>
/// <param name="IsComplete">False when there were too many calls to count them all; the oldest are missing then.</param>
internal sealed record CallChartDto(IReadOnlyList<CallChartBucketDto> Buckets, bool IsComplete);
