using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>sipp as caller with digest, by each transport, and as the registered callee.</summary>
public sealed class SippCallTests(HostFixture fixture)
{
    private const int Calls = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Calls_with_digest_reach_a_registered_extension_and_are_counted_as_sipp_counts_them(string transport)
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "sipp");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var callee = await Sipp.Start(Scenarios.Of("answer", host, tenant) with { Calls = Calls });
        await Scenarios.Register(host, tenant, "2002", callee.Port);

        var calls = Scenarios.Of("call", host, tenant, "2002") with { Calls = Calls, Rate = 10, AtATime = 5, Lines = [Scenarios.Line("2001")] };
        var called = await Sipp.Run(calls.By(transport, host), Deadline);
        var answered = await callee.Finish(Deadline);

        Assert.Equal((Calls, 0), (called.Successful, called.Failed));
        Assert.Equal((Calls, 0), (answered.Successful, answered.Failed));
        await tenant.AwaitCounter("activeSessions", 0);
        await tenant.AwaitCounter("successfulCalls", Calls);
        Assert.Equal(Calls, (await tenant.AwaitHistory(Calls)).Length);
    }
}
