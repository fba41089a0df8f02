using Azure.Data.Tables;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Tables;

/// <summary>The surface is frozen: a line is added to PublicApi.txt only when the official package has that member.</summary>
public sealed class PublicApiTests
{
    private const string StandIn = "StandIns.Tables";

    private static readonly string[] Frozen = File.ReadAllLines(RepositoryRoot.Combine("src", "StandIns", "Tables", "PublicApi.txt"));

    private static readonly string[] Actual = [.. PublicSurface.Of(typeof(TableClient).Assembly)];

    [Fact]
    public void Every_frozen_member_is_there() => Assert.Empty(Frozen.Except(Actual, StringComparer.Ordinal));

    [Fact]
    public void The_stand_in_has_no_member_that_is_not_frozen()
    {
        var isStandIn = typeof(TableClient).Assembly.GetName().Name == StandIn;

        Assert.Empty(isStandIn ? Actual.Except(Frozen, StringComparer.Ordinal) : []);
    }
}
