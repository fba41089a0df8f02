using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>Session timers with sipp at both ends; the shortest that RFC 4028 §4 allows, so the call lasts a minute.</summary>
public sealed class SessionTimerTests(HostFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>RFC 4028 §7.4, §10: the callee's session is refreshed by us after 45 s; the caller, which promised to, never does, and loses the
    /// call after 60 s.</summary>
    [Fact]
    public async Task One_partys_session_is_refreshed_and_the_other_ones_expires()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "timer");
        await tenant.AddExtension("2001");
        await tenant.AddExtension("2002");
        await using var callee = await Sipp.Start(Scenarios.Of("session-answer", host, tenant));
        await Scenarios.Register(host, tenant, "2002", callee.Port);

        var called = await Sipp.Run(Scenarios.Of("session-call", host, tenant, "2002") with { Lines = [Scenarios.Line("2001")] }, Deadline);
        var answered = await callee.Finish(Deadline);

        Assert.Equal((1, 0), (called.Successful, called.Failed));
        Assert.Equal((1, 0), (answered.Successful, answered.Failed));
        var call = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("system", call.GetProperty("endedBy").GetString());
        Assert.Equal("The caller's session expired: it was not refreshed within its 90 s.", call.GetProperty("reason").GetString());
    }
}
