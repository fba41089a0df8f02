using System.Reflection;
using Orleans.Utilities;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>The surface is frozen: a line is added to PublicApi.txt only when the official packages have that member.</summary>
public sealed class PublicApiTests
{
    private const string StandIn = "StandIns.Orleans";

    /// <summary>The official API is spread over several assemblies.</summary>
    private static readonly Assembly[] Homes =
    [
        .. new[]
        {
            typeof(IGrain), typeof(IdAttribute), typeof(ISiloBuilder), typeof(ObserverManager<>),
            typeof(IManagementGrain), typeof(CoreHostingExtensions), typeof(MemoryGrainStorageSiloBuilderExtensions),
        }.Select(type => type.Assembly).Distinct(),
    ];

    private static readonly string[] Frozen = File.ReadAllLines(RepositoryRoot.Combine("src", "StandIns", "Orleans", "PublicApi.txt"));

    private static readonly string[] Actual = [.. Homes.SelectMany(PublicSurface.Of)];

    private static readonly bool IsStandIn = Homes.Length == 1 && Homes[0].GetName().Name == StandIn;

    [Fact]
    public void Every_frozen_member_is_there() =>
        Assert.Empty(Frozen.Where(line => IsStandIn || IsMember(line)).Except(Actual, StringComparer.Ordinal));

    [Fact]
    public void The_stand_in_has_no_member_that_is_not_frozen() =>
        Assert.Empty(IsStandIn ? Actual.Except(Frozen, StringComparer.Ordinal) : []);

    /// <summary>A type's own line lists its bases, of which the official type may have more.</summary>
    private static bool IsMember(string line) => char.IsUpper(line[0]);
}
