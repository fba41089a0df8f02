using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>The host is killed during a call and started again on the same data.</summary>
public sealed class KilledHostTests(HostFixture fixture)
{
    [Fact]
    public async Task After_a_kill_everything_is_there_and_phones_call_without_registering_anew()
    {
        await using var host = await HostProcess.Start(fixture.Azurite);
        using var tenant = await TestTenant.Create(host, "kill");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await tenant.AwaitSession();

        await host.Kill();
        await Task.WhenAll(caller.HangUp(), callee.HangUp());
        await Task.WhenAll(caller.Await("CALL_CLOSED"), callee.Await("CALL_CLOSED"));
        await host.Restart();

        Assert.Equal(2, (await host.Rest.GetAll(tenant.Path("extensions"))).Count);
        Assert.Equal(2, (await host.Rest.GetAll(tenant.Path("registrations"))).Count);
        var interrupted = Assert.Single(await tenant.AwaitHistory()).GetProperty("call");
        Assert.Equal("nodeLost", interrupted.GetProperty("endedBy").GetString());
        await tenant.AwaitNoSession();

        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await Task.WhenAll(caller.AwaitTone(callee.Account.Hertz, Talk), callee.AwaitTone(caller.Account.Hertz, Talk));
        await callee.HangUp();
        await caller.Await("CALL_CLOSED");

        Assert.Equal(2, (await tenant.AwaitHistory(2)).Length);
        Assert.All([caller, callee], phone => Assert.Equal(2, Registers(phone)));
    }

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    /// <summary>One without and one with credentials, when it registered once; a repeated one has the same number.</summary>
    private static int Registers(Baresip phone) => phone.Trace
        .Where(line => line.StartsWith("CSeq:", StringComparison.OrdinalIgnoreCase) && line.Contains("REGISTER", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal).Count();
}
