using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Clusters;

/// <summary>Two silos with a gateway each, joined in this process, and the default tenant's extensions 1001 to 1006.</summary>
public sealed class TwoNodes(HostFixture fixture) : IAsyncLifetime
{
    private readonly TestFolder _data = new("cluster");

    internal ClusterNode First { get; private set; } = null!;

    internal ClusterNode Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var silos = PortBlock.Take(2);
        var plan = new ClusterPlan(fixture.Azurite, _data.Path, silos[0]);
        First = await ClusterNode.Start("node-a", plan, silos[0]);
        Second = await ClusterNode.Start("node-b", plan, silos[1]);
        foreach (var number in Enumerable.Range(1001, 6).Select(n => $"{n}"))
            await First.Rest.Post("tenants/default/extensions", new { username = number, password = TestTenant.PasswordOf(number) });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in (ClusterNode?[])[Second, First])
        {
            if (node is not null)
                await node.DisposeAsync();
        }

        var errors = Directory.GetFiles(_data.Combine("logs")).SelectMany(File.ReadAllLines)
            .Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal)).ToArray();
        _data.Dispose();
        Assert.Empty(errors);
    }

    internal static PhoneAccount Account(ClusterNode node, string number, string transport = "udp") =>
        new(number, TestTenant.PasswordOf(number), HostProcess.Domain, node.Ports.Sip) { Transport = transport };
}
