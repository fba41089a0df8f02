namespace TekSipCloud.Api.Counters;

/// <summary>All counters of a tenant, in their fixed order.</summary>
internal sealed record CountersDto(IReadOnlyList<CounterDto> Items);
