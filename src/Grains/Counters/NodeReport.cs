using System.Collections.Immutable;

namespace TekSipCloud.Grains.Counters;

/// <summary>A node's figures.</summary>
/// <param name="Incarnation">Since which start.</param>
/// <param name="Values">One per counter.</param>
/// <param name="At">When they came.</param>
internal sealed record NodeReport(string Incarnation, ImmutableArray<long> Values, DateTimeOffset At);
