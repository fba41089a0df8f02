using System.Collections.Immutable;
using TekSipCloud.Contracts.Counters;

namespace TekSipCloud.Grains.Counters;

/// <summary>A tenant's counts over all nodes and starts; also what is stored of them.</summary>
internal sealed record CountersState
{
    /// <summary>How long a report's levels count without the node's lease.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    /// <summary>Nothing counted yet.</summary>
    public static readonly CountersState Zero = new();

    /// <summary>The number of counters.</summary>
    public static int Count => CounterNames.All.Length;

    /// <summary>The sums of incarnations that are over.</summary>
    public ImmutableArray<long> Retired { get; init; } = Zeros;

    /// <summary>The sums at the last Clear.</summary>
    public ImmutableArray<long> Baseline { get; init; } = Zeros;

    /// <summary>Each node's latest incarnation.</summary>
    public ImmutableDictionary<string, NodeReport> Nodes { get; init; } = ImmutableDictionary<string, NodeReport>.Empty;

    private static ImmutableArray<long> Zeros => [.. new long[Count]];

    /// <summary>
    /// Takes over a node's figures. Those of an incarnation before the one known are late and left out.
    /// </summary>
    public CountersState Report(string node, NodeReport report)
    {
        if (!Nodes.TryGetValue(node, out var held) || held.Incarnation == report.Incarnation)
            return this with { Nodes = Nodes.SetItem(node, report) };

        return string.CompareOrdinal(report.Incarnation, held.Incarnation) < 0
            ? this
            : this with { Retired = Add(Retired, held.Values), Nodes = Nodes.SetItem(node, report) };
    }

    /// <summary>The figures to show.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLive">Whether a node's incarnation lives.</param>
    public ImmutableArray<long> Read(DateTimeOffset now, Func<string, string, bool> isLive)
    {
        var sums = Sums();
        var live = Nodes
            .Where(node => now - node.Value.At < Freshness || isLive(node.Key, node.Value.Incarnation))
            .Select(node => node.Value)
            .ToList();

        return [.. Enumerable.Range(0, Count).Select(i => CounterNames.IsLevel((Counter)i)
            ? live.Sum(report => report.Values[i])
            : Math.Max(0, sums[i] - Baseline[i]))];
    }

    /// <summary>Starts the counts anew.</summary>
    public CountersState Clear() => this with { Baseline = Sums() };

    private static ImmutableArray<long> Add(ImmutableArray<long> left, ImmutableArray<long> right) =>
        [.. left.Zip(right, (a, b) => a + b)];

    private ImmutableArray<long> Sums() => Nodes.Values.Aggregate(Retired, (sums, report) => Add(sums, report.Values));
}
