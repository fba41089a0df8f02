using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>
/// Hold and resume (RFC 3264 §8.4) between real phones. Judged on the wire: after a re-INVITE this phone writes no recording.
/// </summary>
public sealed class HoldTests(HostFixture fixture)
{
    [Fact]
    public async Task Hold_and_resume_reach_the_other_phone_and_the_call_goes_on()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "hold");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002", "tcp"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        await caller.Hold();
        await callee.AwaitLine("a=sendonly");
        await caller.AwaitLine("a=recvonly");
        await tenant.AwaitSession();

        var traced = callee.Trace.Count;
        await caller.Resume();
        await callee.AwaitLineAfter(traced, "a=sendrecv");
        await Task.WhenAll(caller.AwaitAudio(), callee.AwaitAudio());
        await callee.HangUp();
        await caller.Await("CALL_CLOSED");

        var record = Assert.Single(await tenant.AwaitHistory());
        Assert.Equal("callee", record.GetProperty("call").GetProperty("endedBy").GetString());
        Assert.Equal(200, record.GetProperty("call").GetProperty("status").GetInt32());
    }
}
