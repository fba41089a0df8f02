using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Grains.Nodes;
using TekSipCloud.Testing;

namespace TekSipCloud.Grains.Tests.Nodes;

public sealed class NodeLeaseServiceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_started_node_holds_its_lease_and_a_stopped_one_does_not()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");
        await hosts.Start("b");
        var leases = hosts.Get<INodeLeases>("a");

        var held = await leases.List(CancellationToken.None);
        Assert.Equal(["a", "b"], held.Where(lease => lease.Expires > TimeProvider.System.GetUtcNow()).Select(lease => lease.Name).Order());
        Assert.False(await leases.Renew(new("b", "ff"), TimeSpan.FromSeconds(15), CancellationToken.None));

        await hosts.Stop("b");

        var left = await leases.List(CancellationToken.None);
        Assert.Equal(["a"], left.Where(lease => lease.Expires > TimeProvider.System.GetUtcNow()).Select(lease => lease.Name));
    }

    [Fact]
    public async Task A_node_that_starts_twice_waits_and_then_gives_up_with_a_clear_message()
    {
        await using var hosts = new SiloHosts(azurite);
        await hosts.Start("a");

        var fault = await Assert.ThrowsAsync<StorageInUseException>(() => hosts.Start("a"));

        Assert.Contains("Another live process is the node 'a'", fault.Message, StringComparison.Ordinal);
        hosts.Errors.Clear();
    }
}
