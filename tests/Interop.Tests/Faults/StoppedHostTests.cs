using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>The host is stopped by SIGTERM during a call.</summary>
public sealed class StoppedHostTests(HostFixture fixture)
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_stop_hangs_up_both_phones_and_the_call_is_in_the_history()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "stop");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002", "tcp"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        // A phone's first packet leaves after its call is established: what the history counts must have been there.
        await callee.AwaitTone(caller.Account.Hertz, Talk);

        Assert.Equal(0, await host.Stop());
        await Task.WhenAll(caller.Await("CALL_CLOSED"), callee.Await("CALL_CLOSED"));
        await Task.WhenAll(caller.AwaitLine("BYE sip:"), callee.AwaitLine("BYE sip:"));

        await host.Restart();
        var record = Assert.Single(await tenant.AwaitHistory());
        Assert.Equal("system", record.GetProperty("call").GetProperty("endedBy").GetString());
        Assert.NotEqual(0, record.GetProperty("callerMedia").GetProperty("packetsReceived").GetInt64());
    }
}
