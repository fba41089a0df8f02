using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Reliable provisional responses with sipp at both ends (RFC 3262).</summary>
public sealed class PrackTests(HostFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>RFC 3262 §3, §4: early media in a 183 that each leg acknowledges with numbers of its own; no description in either 2xx.</summary>
    [Fact]
    public async Task Early_media_passes_reliably_from_a_callee_to_a_caller_that_requires_it()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "prack");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var callee = await Sipp.Start(Scenarios.Of("prack-answer", host, tenant));
        await Scenarios.Register(host, tenant, "2002", callee.Port);

        var called = await Sipp.Run(Scenarios.Of("prack-call", host, tenant, "2002") with { Lines = [Scenarios.Line("2001")] }, Deadline);
        var answered = await callee.Finish(Deadline);

        Assert.Equal((1, 0), (called.Successful, called.Failed));
        Assert.Equal((1, 0), (answered.Successful, answered.Failed));
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal(200, call.GetProperty("status").GetInt32());
    }
}
