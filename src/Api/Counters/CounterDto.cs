namespace TekSipCloud.Api.Counters;

/// <summary>One of the tenant's counters.</summary>
/// <param name="Key">For programs, e.g. <c>activeSessions</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Value">The sum over all nodes.</param>
/// <param name="IsLevel">Whether it goes up and down and is not reset by a clear.</param>
internal sealed record CounterDto(string Key, string Name, long Value, bool IsLevel);
