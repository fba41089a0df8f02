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
    public async Task How_a_call_goes_comes_back_and_that_it_is_over_too()
    {
        var door = silo.Grains.GetGrain<IGatewayGrain>("knows");
        var progress = new CallProgress(new(1, 2, 3, 4, 5, 6, 7, "PCMU", Quality: new(1, 2, 3, 4, 5, 4.5, 1)), null, [new(DateTimeOffset.UnixEpoch, "media", "")]);
        var known = progress;
        var gateway = new RecordingGateway { Answer = ticket => door.TakeProgress(ticket, known) };
        await door.Attach(silo.Grains.CreateObjectReference<IGatewayObserver>(gateway), "1").Soon();

        var found = (await door.FindProgress(Guid.NewGuid()).Soon()).Value;
        known = null;

        Assert.Equal((progress.CallerMedia, null, 1), (found?.CallerMedia, found?.CalleeMedia, found?.Decisions.Length));
        Assert.Equal(ProblemKind.NotFound, (await door.FindProgress(Guid.NewGuid()).Soon()).Problem?.Kind);
        GC.KeepAlive(gateway);
    }

    [Fact]
    public async Task A_node_without_a_gateway_says_so() => Assert.Equal(
        ProblemKind.NotFound, (await silo.Grains.GetGrain<IGatewayGrain>("nobody").FindTrace(Query).Soon()).Problem?.Kind);
}
