using Azure.Storage.Blobs;
using TekSipCloud.Testing;

namespace TekSipCloud.StandIns.Tests.Blobs;

/// <summary>The surface is frozen: a line is added to PublicApi.txt only when the official package has that member.</summary>
public sealed class PublicApiTests
{
    private const string StandIn = "StandIns.Blobs";

    private static readonly string[] Frozen = File.ReadAllLines(RepositoryRoot.Combine("src", "StandIns", "Blobs", "PublicApi.txt"));

    private static readonly string[] Actual = [.. PublicSurface.Of(typeof(BlobClient).Assembly)];

    [Fact]
    public void The_stand_in_has_the_frozen_members_and_no_others()
    {
        // The official packages have these members in several assemblies, and many more.
        var isStandIn = typeof(BlobClient).Assembly.GetName().Name == StandIn;

        Assert.Empty(isStandIn ? Actual.Except(Frozen, StringComparer.Ordinal) : []);
        Assert.Empty(isStandIn ? Frozen.Except(Actual, StringComparer.Ordinal) : []);
    }
}
