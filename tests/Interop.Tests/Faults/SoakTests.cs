using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>Calls one after the other beside hostile traffic: none fails, and memory stays as it is. <c>./bench soak</c> does it for minutes.</summary>
public sealed class SoakTests(HostFixture fixture)
{
    private const int Rate = 10;
    private const int WarmUpCalls = 50;
    private const int Calls = 150;

    /// <summary>What the heap may grow by: far less than the calls would take if each left a few KB behind.</summary>
    private const long MostGrowth = 6 << 20;

    /// <summary>A test's host has ports for 50 calls, and each call's rest for 5 s.</summary>
    private static readonly HostOptions ShortRest = new() { Environment = new Dictionary<string, string?> { ["Media__PortQuarantine"] = "00:00:00.2" } };

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task No_call_fails_beside_hostile_traffic_and_memory_stays_flat()
    {
        await using var host = await HostProcess.Start(fixture.Azurite, ShortRest);
        using var tenant = await TestTenant.Create(host, "soak");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var hostile = new HostileSender(host.Ports.Sip);
        await using var callee = await Sipp.Start(Scenarios.Of("answer", host, tenant) with { Calls = WarmUpCalls + Calls });
        await Scenarios.Register(host, tenant, "2002", callee.Port);
        var warm = await Call(host, tenant, WarmUpCalls);
        var before = await HeapBytes(host);

        var called = await Call(host, tenant, Calls);
        var answered = await callee.Finish(Deadline);
        await tenant.AwaitNoSession();
        var after = await HeapBytes(host);

        Assert.Equal((WarmUpCalls, 0L, Calls, 0L), (warm.Successful, warm.Failed, called.Successful, called.Failed));
        Assert.Equal((WarmUpCalls + Calls, 0), (answered.Successful, answered.Failed));
        Assert.True(hostile.Sent > Calls, $"{hostile.Sent} hostile datagrams were sent.");
        Assert.InRange(after - before, long.MinValue, MostGrowth);
    }

    private static Task<SippFigures> Call(HostProcess host, TestTenant tenant, int calls) => Sipp.Run(
        Scenarios.Of("call", host, tenant, "2002") with { Calls = calls, Rate = Rate, AtATime = 10, Lines = [Scenarios.Line("2001")] }, Deadline);

    private static async Task<long> HeapBytes(HostProcess host) =>
        (await host.Rest.Post("system/memory/compact", new { })).GetProperty("heapBytes").GetInt64();
}
