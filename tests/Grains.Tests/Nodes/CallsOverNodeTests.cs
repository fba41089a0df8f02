using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tests.Nodes;

/// <summary>A node that is drained asks the others for their calls over it, and at its deadline has them end those.</summary>
public sealed class CallsOverNodeTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task The_flows_that_a_gateway_names_come_back()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("has-calls");
        FlowId[] flows = [new("drained", "1", 7), new("drained", "1", 0)];
        var gateway = new RecordingGateway { CallsOver = (node, ticket) => door.TakeCallsOver(ticket, node == "drained" ? [.. flows] : []) };
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), "1").Soon();

        var found = await door.FindCallsOver("drained").Soon();

        Assert.Equal(flows, found.Value);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_gateway_is_told_to_end_them_and_why()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("ends-calls");
        var gateway = new RecordingGateway();
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), "1").Soon();

        Assert.Null((await door.HangUpCallsOver("drained", "It stops.").Soon()).Problem);

        Assert.Equal("hang up over drained: It stops.", await gateway.NextOrder());
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_gateway_says_whether_it_has_a_call_that_is_sought()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("has-call");
        var gateway = new RecordingGateway { HasCall = (call, ticket) => door.TakeHasCall(ticket, call.Extension == "101") };
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), "1").Soon();

        Assert.True((await door.HasCall(new(TenantId.Default, "101")).Soon()).Value);
        Assert.False((await door.HasCall(new(TenantId.Default, "102")).Soon()).Value);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_node_without_a_gateway_says_so()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("no-gateway");

        Assert.Equal(ProblemKind.NotFound, (await door.FindCallsOver("drained").Soon()).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await door.HangUpCallsOver("drained", "").Soon()).Problem?.Kind);
    }
}
