namespace TekSipCloud.Contracts.Calls;

/// <summary>Which calls are wanted.</summary>
/// <param name="From">Started at or after; null for no bound.</param>
/// <param name="To">Started before; null for no bound.</param>
/// <param name="Number">Only calls from or to this extension or number; null for all.</param>
public sealed record CallQuery(DateTimeOffset? From = null, DateTimeOffset? To = null, string? Number = null);
