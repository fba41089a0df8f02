using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Grains.Tests.Nodes;

/// <summary>A call's messages are asked of the node that had it.</summary>
public sealed class GatewayTraceTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    private static readonly TraceQuery Query = new(TenantId.Default, Guid.NewGuid(), "");

    [Fact]
    public async Task What_the_gateway_remembers_comes_back()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("remembers");
        var message = new TraceMessage(DateTimeOffset.UnixEpoch, true, Transport.Udp, "a", "b", "Caller 101", false, "BYE");
        var gateway = new RecordingGateway { Answer = ticket => door.TakeTrace(ticket, new CallTrace([message])) };
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), "1").Soon();

        var found = await door.FindTrace(Query).Soon();

        Assert.Equal([message], found.Value?.Messages);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_node_without_a_gateway_says_so() => Assert.Equal(
        ProblemKind.NotFound, (await silo.Grains.GetGrain<IGatewayGrain>("nobody").FindTrace(Query).Soon()).Problem?.Kind);
}
