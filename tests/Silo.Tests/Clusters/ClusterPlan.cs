using TekSipCloud.Testing;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>What the nodes of one cluster share.</summary>
/// <param name="Azurite">Storage.</param>
/// <param name="Data">The folder with the cluster's keys.</param>
/// <param name="PrimaryPort">The first silo's port.</param>
internal sealed record ClusterPlan(AzuriteFixture Azurite, string Data, int PrimaryPort)
{
    public string TablePrefix { get; } = $"c{Guid.NewGuid():N}"[..16];

    public string ClusterId => TablePrefix;
}
