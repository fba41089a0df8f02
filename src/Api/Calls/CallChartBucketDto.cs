namespace TekSipCloud.Api.Calls;

/// <summary>The calls that started within one hour.</summary>
/// <param name="From">The hour's start.</param>
/// <param name="Answered">Calls that were answered.</param>
/// <param name="Failed">Calls that were not.</param>
internal sealed record CallChartBucketDto(DateTimeOffset From, int Answered, int Failed);
