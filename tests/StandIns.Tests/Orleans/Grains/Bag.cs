using System.Collections.Immutable;
using System.Net;

namespace TekSipCloud.StandIns.Tests.Orleans.Grains;

/// <summary>One of each kind of member.</summary>
[GenerateSerializer]
public sealed record Bag
{
    [Id(0)]
    public DayOfWeek Day { get; init; }

    [Id(1)]
    public DateTimeOffset At { get; init; }

    [Id(2)]
    public TimeSpan? For { get; init; }

    [Id(3)]
    public Guid Id { get; init; }

    [Id(4)]
    public IPAddress? Address { get; init; }

    [Id(5)]
    public byte[] Bytes { get; init; } = [];

    [Id(6)]
    public ImmutableArray<Point> Points { get; init; } = [];

    [Id(7)]
    public ImmutableDictionary<string, int> Counts { get; init; } = ImmutableDictionary<string, int>.Empty;

    [Id(8)]
    public Dictionary<string, List<int>> Lists { get; init; } = [];

    [Id(9)]
    public (int Low, string High) Range { get; init; }

    [Id(10)]
    public Pair<decimal>? Pair { get; init; }

    [Id(11)]
    public Shape? Shape { get; init; }

    [Id(12)]
    public ReadOnlyMemory<byte> Memory { get; init; }

    [Id(13)]
    public object? Anything { get; init; }
}
