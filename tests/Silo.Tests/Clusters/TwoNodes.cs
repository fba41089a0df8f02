using TekSipCloud.Testing;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>Two silos with a gateway each, joined in this process.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly TestFolder _data;

    private TwoNodes(TestFolder data, ClusterNode first, ClusterNode second)
    {
        _data = data;
        First = first;
        Second = second;
    }

    public ClusterNode First { get; }

    public ClusterNode Second { get; }

    public static async Task<TwoNodes> Start(AzuriteFixture azurite)
    {
        var data = new TestFolder("cluster");
        var silos = PortBlock.Take(2);
        var plan = new ClusterPlan(azurite, data.Path, silos[0]);
        var first = await ClusterNode.Start("node-a", plan, silos[0]);
        try
        {
            return new TwoNodes(data, first, await ClusterNode.Start("node-b", plan, silos[1]));
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        var errors = Directory.GetFiles(_data.Combine("logs")).SelectMany(File.ReadAllLines)
            .Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal)).ToArray();
        _data.Dispose();
        Assert.Empty(errors);
    }
}
