using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;

namespace TekSipCloud.Storage.Tests.Calls;

public sealed class OpenCallsTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly OpenCalls _calls = storage.Get<OpenCalls>();
    private readonly TenantId _tenant = Samples.NewTenant();

    [Fact]
    public async Task Calls_of_live_nodes_are_listed_oldest_first()
    {
        await storage.Get<INodeLeases>().Renew(new("oc-a", "01"), TimeSpan.FromHours(1), CancellationToken.None);
        await storage.Get<INodeLeases>().Renew(new("oc-b", "01"), TimeSpan.FromHours(1), CancellationToken.None);
        storage.Clock.Advance(TimeSpan.FromSeconds(5));
        var second = Samples.Call(_tenant, Samples.Noon.AddSeconds(1), node: "oc-a");
        var first = Samples.Call(_tenant, Samples.Noon, node: "oc-b");
        await _calls.Write([second]);
        await _calls.Write([first]);
        await _calls.Write([Samples.Call(_tenant, Samples.Noon, node: "oc-dead")]);
        await _calls.Write([Samples.Call(_tenant, Samples.Noon, node: "oc-a") with { Incarnation = "00" }]);
        await _calls.Write([Samples.Call(Samples.NewTenant(), Samples.Noon, node: "oc-a")]);

        Assert.Equal([first.Id, second.Id], (await _calls.List(_tenant, CancellationToken.None)).Select(call => call.Id));
        Assert.Equal(second, await _calls.Find(_tenant, second.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_nodes_calls_of_every_incarnation_are_found_until_they_are_removed()
    {
        var node = $"n-{_tenant}";
        var old = Samples.Call(_tenant, Samples.Noon, node: node);
        var current = Samples.Call(_tenant, Samples.Noon, node: node) with { Incarnation = "02" };
        await _calls.Write([old]);
        await _calls.Write([current]);
        Assert.Equal(2, (await _calls.ListByNode(node, CancellationToken.None)).Length);

        await _calls.Remove([old]);

        Assert.Equal(current.Id, Assert.Single(await _calls.ListByNode(node, CancellationToken.None)).Id);
    }
}
